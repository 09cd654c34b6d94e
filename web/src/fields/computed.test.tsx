import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { FieldProperty } from "../lib/kintone";
import { screenOf } from "../test/render";
import { FieldDisplay } from "./displays";
import { FieldEditor } from "./editors";

const calc = (settings: Partial<FieldProperty>): FieldProperty => ({
  type: "CALC",
  code: "c",
  label: "c",
  ...settings,
});

test.each([
  ["1234.5", { format: "NUMBER", unit: "円", unitPosition: "AFTER" }, "1234.5円"],
  ["1234567", { format: "NUMBER_DIGIT" }, "1,234,567"],
  ["1/3 of it", { format: "NUMBER" }, "1/3 of it"],
  ["2026-04-01", { format: "DATE" }, "2026年4月1日(水)"],
  ["25:01", { format: "HOUR_MINUTE" }, "25:01"],
  ["", { format: "NUMBER_DIGIT" }, ""],
] as const)("a formula's %s is shown in its format %o", async (value, settings, want) => {
  await screenOf(
    <p role="note">
      <FieldDisplay field={calc(settings)} value={value} />
    </p>,
  );
  expect(screen.getByRole("note").textContent).toBe(want);
});

test.each(["ORGANIZATION_SELECT", "GROUP_SELECT"])("%s shows names", (type) => {
  const value = [
    { code: "sales", name: "営業部" },
    { code: "gone", name: "" },
  ];
  render(<FieldDisplay field={{ type, code: "o", label: "o" }} value={value} />);
  expect(screen.getAllByRole("listitem").map((li) => li.textContent)).toEqual(["営業部", "gone"]);
});

test("a text that a formula makes cannot be typed over", () => {
  const field = { type: "SINGLE_LINE_TEXT", code: "t", label: "t", expression: "a & b" };
  render(<FieldEditor field={field} value="甲乙" onChange={vi.fn()} id="t" path="record.t" errors={{}} />);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByText("甲乙")).toBeVisible();
});
