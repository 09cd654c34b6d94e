import { expect, test } from "vitest";
import { insertMention, mentionAt, mentionedIn } from "./mention";

const aoki = { code: "aoki", name: "青木 花子" };

test("a name is looked up while it is written after an at sign", () => {
  expect(mentionAt("確認を @青", 6)).toEqual({ start: 4, end: 6, word: "青" });
  expect(mentionAt("＠", 1)).toEqual({ start: 0, end: 1, word: "" });
  expect(mentionAt("mail@example", 12)).toBeUndefined();
  expect(mentionAt("@青木 さん", 6)).toBeUndefined();
});

test("the chosen name replaces what was typed, and counts while it stays", () => {
  const written = insertMention("確認を @青 お願い", { start: 4, end: 6, word: "青" }, aoki);
  expect(written.text).toBe("確認を @青木 花子  お願い");
  expect(written.caret).toBe(11);
  expect(mentionedIn(written.text, [aoki, aoki])).toEqual([{ code: "aoki", type: "USER" }]);
  expect(mentionedIn("確認を お願い", [aoki])).toEqual([]);
});
