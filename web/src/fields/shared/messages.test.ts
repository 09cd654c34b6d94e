import { expect, test } from "vitest";
import { messagesAt } from "./messages";

const errors = {
  "record.件名.value": { messages: ["必須です。"] },
  "record[金額].value": { messages: ["数字でなければなりません。"] },
  "record.状況.values[0].value": { messages: ["選択肢にありません。"] },
  "record.明細.value[1].value.品名.value": { messages: ["必須です。"] },
  "record.件名2.value": { messages: ["ほか"] },
};

test.each([
  ["record.件名", ["必須です。"]],
  ["record.金額", ["数字でなければなりません。"]],
  ["record.状況", ["選択肢にありません。"]],
  ["record.明細", []],
  ["record.明細.value[1].value.品名", ["必須です。"]],
  ["record.明細.value[0].value.品名", []],
])("messages are found at %s", (path, want) => {
  expect(messagesAt(errors, path)).toEqual(want);
});
