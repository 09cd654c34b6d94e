import { expect, test } from "vitest";
import type { Column } from "./api";
import { chosen, confidence, nameProblems } from "./columns";

const column = (index: number, more: Partial<Column> = {}): Column => ({
  index,
  label: `列 ${index}`,
  type: "SINGLE_LINE_TEXT",
  confidence: 1,
  samples: ["a"],
  issues: [],
  ...more,
});

test("what a person changed stands above the guess", () => {
  const choices = chosen([column(0), column(1)], { 1: { type: "NUMBER", skip: true } });
  expect(choices).toEqual([
    { index: 0, label: "列 0", type: "SINGLE_LINE_TEXT", skip: false },
    { index: 1, label: "列 1", type: "NUMBER", skip: true },
  ]);
});

test.each([
  [{ confidence: 0.95 }, {}, "sure"],
  [{ confidence: 0.7 }, {}, "likely"],
  [{ confidence: 0.2 }, {}, "unsure"],
  [{ samples: ["", ""], confidence: 0 }, {}, "empty"],
  [{ confidence: 0.95 }, { type: "NUMBER" }, "chosen"],
])("a guess %o with %o is %s", (guess, edit, want) => {
  const c = column(0, guess);
  expect(confidence(c, chosen([c], { 0: edit })[0] as never)).toBe(want);
});

test("columns that are taken need names of their own", () => {
  const named = (...names: string[]) =>
    chosen(
      names.map((label, i) => column(i, { label })),
      { 4: { skip: true } },
    );
  expect([...nameProblems(named("a", "b", " a ", "", "b"))]).toEqual([
    [0, "twice"],
    [2, "twice"],
    [3, "missing"],
  ]);
  expect(nameProblems(named("a", "b")).size).toBe(0);
});
