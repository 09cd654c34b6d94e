import { expect, test } from "vitest";
import { codeProblem, deriveCode } from "./codes";

test.each([
  ["顧客名", undefined],
  ["Customer_1", undefined],
  ["価格￥", undefined],
  ["ロット・番号", undefined],
  ["", "codeEmpty"],
  ["1番", "codeDigit"],
  ["１番", undefined],
  ["a b", "codeSigns"],
  ["a-b", "codeSigns"],
  ["ステータス", "codeReserved"],
  ["件名", "codeTaken"],
  ["あ".repeat(129), "codeLong"],
])("the code %j", (code, want) => {
  expect(codeProblem(code, new Set(["件名"]))).toBe(want);
});

test.each([
  ["文字列(1行)", "文字列_1行_"],
  ["2026年度", "_2026年度"],
  ["件名", "件名_0"],
  ["Status", "Status_0"],
  ["  ", "_"],
])("the label %j makes the code %s", (label, want) => {
  expect(deriveCode(label, new Set(["件名"]))).toBe(want);
});
