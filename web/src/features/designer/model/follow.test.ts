import { expect, test } from "vitest";
import type { Draft } from "./draft";
import { changeField, remove } from "./edit";
import { withForm } from "./follow";
import { plan } from "./plan";
import { keyOf, sampleDraft } from "./samples.fake";

const sample = sampleDraft();
const draft: Draft = {
  ...sample,
  views: [
    {
      key: "v",
      name: "大口",
      type: "LIST",
      fields: ["件名", "金額"],
      filterCond: '金額 >= "100" and 件名 like "金額"',
      sort: "金額 desc, $id asc",
    },
  ],
  general: { ...sample.general, titleField: { selectionMode: "MANUAL", code: "件名" } },
  fieldRights: [{ code: "金額", entities: [] }],
};

test("a renamed code is renamed wherever it stands, but not inside quotes", () => {
  const next = withForm(draft, changeField(draft.form, keyOf(draft.form, "金額"), { code: "price" }));
  expect(next.views[0]).toMatchObject({
    fields: ["件名", "price"],
    filterCond: 'price >= "100" and 件名 like "金額"',
    sort: "price desc, $id asc",
  });
  expect(next.fieldRights).toEqual([{ code: "price", entities: [] }]);
  // The server does the same by itself, so that the rename is all there is to send.
  expect(plan(draft, next).map((s) => s.path)).toEqual(["/k/v1/preview/app/form/fields.json"]);
});

test("a deleted field leaves views, title and permissions, and takes whole conditions with it", () => {
  const noPrice = withForm(draft, remove(draft.form, keyOf(draft.form, "金額")));
  expect(noPrice.views[0]).toMatchObject({ fields: ["件名"], filterCond: "", sort: "" });
  expect(noPrice.fieldRights).toEqual([]);
  const noTitle = withForm(draft, remove(draft.form, keyOf(draft.form, "件名")));
  expect(noTitle.general.titleField).toEqual({ selectionMode: "AUTO" });
  expect(plan(draft, noTitle)).toHaveLength(1);
});

test("taking a deletion back sends the field first, then what names it", () => {
  const gone = withForm(draft, remove(draft.form, keyOf(draft.form, "金額")));
  const paths = plan(gone, draft).map((s) => s.path.replace("/k/v1/preview/", ""));
  expect(paths).toEqual(["app/form/fields.json", "app/form/layout.json", "app/views.json", "field/acl.json"]);
});
