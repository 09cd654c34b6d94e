import { expect, test } from "vitest";
import { plainOf, richOf } from "./plain";

test.each(["", "一行", "一行目\n二行目\n\n四行目", "a < b & c > d", "末尾の改行\n"])(
  "%j comes back as it was written",
  (text) => {
    expect(plainOf(richOf(text))).toBe(text.replace(/\n$/, ""));
  },
);

test("HTML of others becomes lines", () => {
  expect(plainOf("<p>一行目</p><p>二行目<br />三行目</p>")).toBe("一行目\n二行目\n三行目");
});
