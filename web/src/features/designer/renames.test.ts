import { expect, test } from "vitest";
import { changes } from "./model/changes";
import { renameChoice } from "./model/choices";
import { add, changeField, remove } from "./model/edit";
import type { Form } from "./model/form";
import { readForm } from "./model/read";
import { keyOf, layout, part, properties, sampleDraft, sampleForm } from "./model/samples.fake";
import { formFields, writeLayout } from "./model/write";
import { recalled, remember } from "./renames";

const reload = (form: Form) => readForm(formFields(form), writeLayout(form));

test("a rename is still a rename after a reload, and nothing is left once it is live", () => {
  const live = sampleForm();
  const key = keyOf(live, "状況");
  const field = live.fields[key];
  if (!field) throw new Error("no field");
  const option = field.choices?.[0]?.key ?? "";
  const renamed = changeField(changeField(live, key, renameChoice(field, option, "提案")), key, { code: "status" });
  remember("7", live, renamed);

  const preview = reload(renamed);
  const back = recalled("7", properties, layout, preview);
  expect(changes(sampleDraft(back), sampleDraft(preview))).toMatchObject([
    { kind: "fieldChanged", key: keyOf(preview, "status") },
  ]);
  expect(changes(sampleDraft(back), sampleDraft(preview))[0]?.loses).toBeUndefined();

  remember("7", renamed, renamed);
  const forgotten = recalled("7", properties, layout, preview);
  expect(changes(sampleDraft(forgotten), sampleDraft(preview)).map((c) => c.kind)).toContain("fieldRemoved");
});

test("a new field that took a deleted one's code is still another one after a reload", () => {
  const live = sampleForm();
  const rest = remove(live, keyOf(live, "金額"));
  const edited = add(rest, part("NUMBER", rest, "金額"), { at: "row" });
  remember("8", live, edited);
  const preview = reload(edited);
  const kinds = changes(sampleDraft(recalled("8", properties, layout, preview)), sampleDraft(preview)).map(
    (c) => c.kind,
  );
  expect(kinds).toEqual(["fieldAdded", "fieldRemoved"]);
});
