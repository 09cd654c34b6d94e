import { expect, test } from "vitest";
import { formatBytes, formatNumber, plainNumber } from "./numbers";

test.each([
  ["1234567.5", { digit: true, unit: "¥" }, "¥1,234,567.5"],
  ["-1234", { digit: true, unit: "¥" }, "-¥1,234"],
  ["490000", { digit: true, unit: "円", unitPosition: "AFTER" }, "490,000円"],
  ["2.5", { displayScale: "0" }, "2"],
  ["3.5", { displayScale: "0" }, "4"],
  ["0.125", { displayScale: "2" }, "0.12"],
  ["0.1251", { displayScale: "2" }, "0.13"],
  ["9.99", { displayScale: "1" }, "10.0"],
  ["-0.004", { displayScale: "2" }, "0.00"],
  ["12345678901234567890.1", { digit: true }, "12,345,678,901,234,567,890.1"],
  ["", { digit: true }, ""],
  ["1e3", {}, "1e3"],
])("%s is shown as its field wants", (value, style, want) => {
  expect(formatNumber(value, style)).toBe(want);
});

test("numbers typed in full width become plain", () => {
  expect(plainNumber("１，２３４．５")).toBe("1234.5");
  expect(plainNumber("−３")).toBe("-3");
});

test("bytes are told in the unit people use", () => {
  expect([formatBytes(12), formatBytes(3_500_000)]).toEqual(["12 B", "3.3 MB"]);
});
