import { expect, test } from "vitest";
import { changes } from "./changes";
import { addChoices, removeChoice } from "./choices";
import type { Draft } from "./draft";
import { add, changeField, move, remove, resize } from "./edit";
import type { Form } from "./form";
import { keyOf, part, sampleDraft } from "./samples.fake";

const live = sampleDraft();
const edit = (fn: (form: Form) => Form): Draft => ({ ...live, form: fn(live.form) });
const told = (to: Draft) => changes(live, to).map(({ kind, what, details }) => [kind, what, ...(details ?? [])]);

test("the same is no change, nor is what only the page knows", () => {
  expect(changes(live, live)).toEqual([]);
  expect(
    changes(
      live,
      edit((f) => ({ ...f, fields: { ...f.fields } })),
    ),
  ).toEqual([]);
});

test("fields added, changed and removed are told one by one", () => {
  const to = edit((f) => {
    const added = add(f, part("DATE", f, "納期"), { at: "row" });
    const changed = changeField(added, keyOf(f, "件名"), { required: false, maxLength: "40" });
    return remove(changed, keyOf(f, "金額"));
  });
  expect(told(to)).toEqual([
    ["fieldChanged", "件名", "required", "maxLength"],
    ["fieldAdded", "納期"],
    ["fieldRemoved", "金額"],
  ]);
});

test("a rename says what the field was called; a table goes as one", () => {
  const renamed = changes(
    live,
    edit((f) => changeField(f, keyOf(f, "件名"), { label: "案件" })),
  );
  expect(renamed).toMatchObject([{ kind: "fieldChanged", what: "案件", was: "件名", details: [] }]);
  expect(told(edit((f) => remove(f, keyOf(f, "明細"))))).toEqual([["fieldRemoved", "明細"]]);
});

test("lost data is marked: removed fields and removed options, but not a group", () => {
  const loses = (to: Draft) => changes(live, to).map((c) => !!c.loses);
  expect(loses(edit((f) => remove(f, keyOf(f, "金額"))))).toEqual([true]);
  expect(loses(edit((f) => remove(f, keyOf(f, "詳細"))))).toEqual([false]);
  const key = keyOf(live.form, "状況");
  const field = live.form.fields[key];
  if (!field) throw new Error("no field");
  const gone = field.choices?.[1]?.key ?? "";
  expect(loses(edit((f) => changeField(f, key, removeChoice(field, gone))))).toEqual([true]);
  expect(loses(edit((f) => changeField(f, key, addChoices(field, ["失注"]))))).toEqual([false]);
});

test("places and sizes are one line", () => {
  expect(told(edit((f) => move(f, keyOf(f, "状況"), { at: "row" })))).toEqual([["layout", undefined]]);
  expect(told(edit((f) => resize(f, keyOf(f, "件名"), { width: 400 })))).toEqual([["layout", undefined]]);
  expect(told(edit((f) => add(f, part("LABEL", f), { at: "row" })))).toEqual([["layout", undefined]]);
});

test("views, settings and permissions are told in their sections", () => {
  const [first, second] = live.views;
  if (!first || !second) throw new Error("no views");
  const to: Draft = {
    ...live,
    views: [
      { ...second, sort: "件名 asc" },
      { ...first, key: "v3", name: "新しい一覧" },
    ],
    general: { ...live.general, name: "案件", enableComments: false },
    fieldRights: [{ code: "金額", entities: [] }],
  };
  expect(told(to)).toEqual([
    ["viewChanged", "受注のみ", "sort"],
    ["viewAdded", "新しい一覧"],
    ["viewRemoved", "一覧"],
    ["general", undefined, "name", "enableComments"],
    ["fieldRights", "金額"],
  ]);
  expect(told({ ...live, views: [second, first] })).toEqual([["viewOrder", undefined]]);
});
