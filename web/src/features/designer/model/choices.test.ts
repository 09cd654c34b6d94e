import { expect, test } from "vitest";
import { addChoices, moveChoice, parseChoices, removeChoice, renameChoice } from "./choices";
import type { Field } from "./form";

const field = (type: string, defaultValue: string | string[]): Field => ({
  key: "f",
  type,
  code: "c",
  label: "c",
  choices: [
    { key: "1", label: "東" },
    { key: "2", label: "西" },
    { key: "3", label: "南" },
  ],
  defaultValue,
});
const labels = (f: Partial<Field>) => f.choices?.map((c) => c.label).join("");

test("options pasted from a sheet: a line each, once each", () => {
  expect(parseChoices("東\r\n西\n\n 北 \n西\t南")).toEqual(["東", "西", "北", "南"]);
  expect(labels(addChoices(field("DROP_DOWN", ""), ["西", "北"]))).toBe("東西南北");
});

test("a default follows its option; a radio button is never without one", () => {
  expect(renameChoice(field("CHECK_BOX", ["東", "西"]), "2", "にし").defaultValue).toEqual(["東", "にし"]);
  expect(removeChoice(field("CHECK_BOX", ["東", "西"]), "1").defaultValue).toEqual(["西"]);
  expect(removeChoice(field("DROP_DOWN", "東"), "1").defaultValue).toBe("");
  expect(removeChoice(field("RADIO_BUTTON", "東"), "1").defaultValue).toBe("西");
});

test("an option moves to where another stands", () => {
  expect(labels(moveChoice(field("DROP_DOWN", ""), "1", 2))).toBe("西南東");
  expect(labels(moveChoice(field("DROP_DOWN", ""), "3", 0))).toBe("南東西");
});
