import { expect, test } from "vitest";
import type { Draft } from "./draft";
import { changeField } from "./edit";
import type { Field } from "./form";
import { appKey, problems } from "./problems";
import { keyOf, sampleDraft } from "./samples.fake";

const draft = sampleDraft();
const of = (code: string, change: Partial<Field>) => {
  const key = keyOf(draft.form, code);
  const found = problems({ ...draft, form: changeField(draft.form, key, change) });
  return found.get(key)?.map((p) => `${p.at} ${p.name}`) ?? [];
};

test("a good draft has none", () => {
  expect(problems(draft).size).toBe(0);
});

test.each<[string, Partial<Field>, string[]]>([
  ["件名", { label: "" }, ["label labelEmpty"]],
  ["件名", { code: "金額" }, ["code codeTaken"]],
  ["件名", { code: "1番" }, ["code codeDigit"]],
  ["件名", { minLength: "9", maxLength: "3" }, ["maxLength minAboveMax"]],
  ["件名", { maxLength: "-1" }, ["maxLength notWhole"]],
  ["金額", { minValue: "-5", maxValue: "-4.5", defaultValue: "１２" }, []],
  ["金額", { minValue: "abc", defaultValue: "x" }, ["minValue notNumber", "defaultValue notNumber"]],
  ["状況", { choices: [] }, ["choices noChoices"]],
  [
    "状況",
    {
      choices: [
        { key: "a", label: "東" },
        { key: "b", label: "東" },
      ],
    },
    ["choices choiceTwice"],
  ],
  ["状況", { choices: [{ key: "a", label: " " }] }, ["choices choiceEmpty"]],
])("%s with %j", (code, change, want) => {
  expect(of(code, change)).toEqual(want);
});

test("a code given twice is told at both fields", () => {
  const form = changeField(draft.form, keyOf(draft.form, "品名"), { code: "件名" });
  const found = problems({ ...draft, form });
  expect([...found.keys()].sort()).toEqual([keyOf(draft.form, "件名"), keyOf(draft.form, "品名")].sort());
});

test("views and the app itself need what they need", () => {
  const wrong: Draft = {
    ...draft,
    views: [
      { key: "1", name: "同じ", type: "LIST", fields: [], filterCond: "", sort: "" },
      { key: "2", name: "同じ", type: "CALENDAR", filterCond: "", sort: "" },
    ],
    general: { ...draft.general, name: " " },
  };
  const found = [...problems(wrong)].map(([key, list]) => [key, ...list.map((p) => p.name)]);
  expect(found).toEqual([
    ["1", "nameTwice", "noColumns"],
    ["2", "nameTwice", "noDate"],
    [appKey, "nameEmpty"],
  ]);
});
