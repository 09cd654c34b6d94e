import { beforeEach, expect, test, vi } from "vitest";
import { setBoot } from "../../lib/boot";
import { startI18n } from "../../lib/i18n";
import type { Fields, LayoutItem, Value } from "../../lib/kintone";
import type { SharedRecord } from "../../lib/shared";
import type { Share } from "./api";
import { dayIn, draftOf, inputOf, newDraft } from "./draft";
import { choosable } from "./fields";
import { mailText } from "./mail";
import { makePassword } from "./password";
import { newlyVisible } from "./visible";

beforeEach(async () => {
  setBoot({ user: { id: "1", code: "a", name: "a", locale: "ja", timezone: "Asia/Tokyo", admin: false } });
  await startI18n("ja", async () => ({}));
});

const field = (code: string, type = "SINGLE_LINE_TEXT") => ({ code, type, label: `${code}の名` });

test("fields are offered in the order of the form, those of a group with its name", () => {
  const fields: Fields = {
    明細: { ...field("明細", "SUBTABLE"), fields: {} },
    件名: field("件名"),
    社内: field("社内", "GROUP"),
    原価: field("原価", "NUMBER"),
  };
  const layout: LayoutItem[] = [
    {
      type: "ROW",
      fields: [
        { type: "SINGLE_LINE_TEXT", code: "件名" },
        { type: "LABEL", label: "注意" },
      ],
    },
    { type: "GROUP", code: "社内", layout: [{ type: "ROW", fields: [{ type: "NUMBER", code: "原価" }] }] },
    { type: "SUBTABLE", code: "明細", fields: [] },
  ];
  expect(choosable(fields, layout).map((c) => [c.field.code, c.group])).toEqual([
    ["件名", undefined],
    ["原価", "社内の名"],
    ["明細", undefined],
  ]);
});

const file = (name: string) => ({ fileKey: name, name, contentType: "application/pdf", size: "1" });
const seen = (
  fields: [code: string, type: string, value: Value][],
  more: Partial<SharedRecord> = {},
): SharedRecord => ({
  company: "青葉",
  title: "机",
  fields: fields.map(([code, type, value]) => ({ ...field(code, type), value })),
  comments: [],
  can: { comment: true, download: false },
  expiresAt: null,
  ...more,
});
const comment = (id: string) => ({
  id,
  text: "",
  createdAt: "2026-11-21T09:30:00Z",
  author: { name: "", mine: false, company: true },
});

test("what becomes visible is counted, files in tables too", () => {
  const row = { value: { 図面: { type: "FILE", value: [file("b"), file("c")] } } };
  const now = seen(
    [
      ["件名", "SINGLE_LINE_TEXT", "机"],
      ["見積書", "FILE", [file("a")]],
      ["明細", "SUBTABLE", [row]],
    ],
    {
      comments: [comment("1"), comment("2")],
    },
  );
  expect(newlyVisible(undefined, now)).toEqual({ fields: 3, files: 3, comments: 2 });
  expect(newlyVisible(now, now)).toEqual({ fields: 0, files: 0, comments: 0 });
  const before = seen([["見積書", "FILE", [file("a")]]], { comments: [comment("1")] });
  expect(newlyVisible(before, now)).toEqual({ fields: 2, files: 2, comments: 1 });
});

test("files known by name become visible when they may be saved", () => {
  const before = seen([["見積書", "FILE", [file("a")]]]);
  const now = { ...before, can: { comment: true, download: true } };
  expect(newlyVisible(before, now)).toEqual({ fields: 0, files: 1, comments: 0 });
});

test("a new link shows nothing, has a password and ends in a month", () => {
  vi.useFakeTimers({ now: new Date("2026-11-20T20:00:00Z"), toFake: ["Date"] }); // the 21st in Tokyo
  const draft = newDraft();
  vi.useRealTimers();
  expect(draft).toMatchObject({ lastDay: "2026-12-21", mayDownload: false });
  expect(draft.fields.size).toBe(0);
  expect(draft.password).toMatch(/^([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}$/);
  expect(makePassword()).not.toBe(draft.password);
});

test("a link is sent with its fields in the form's order and to the end of its last day", () => {
  const draft = {
    ...newDraft(),
    title: " 机 ",
    fields: new Set(["金額", "件名"]),
    lastDay: "2026-12-20",
    password: "",
  };
  expect(inputOf(draft, ["件名", "原価", "金額"])).toEqual({
    title: "机",
    fields: ["件名", "金額"],
    password: "",
    expiresAt: "2026-12-20T14:59:00Z",
    mayComment: true,
    mayDownload: false,
  });
});

test("changing a link leaves its password and its end alone", () => {
  const share = {
    title: "机",
    fields: ["件名"],
    hasPassword: true,
    expiresAt: "2026-12-20T14:59:00Z",
    mayComment: false,
    mayDownload: true,
  } as Share;
  expect(inputOf(draftOf(share), ["件名"])).toEqual({
    title: "机",
    fields: ["件名"],
    expiresAt: "2026-12-20T14:59:00Z",
    mayComment: false,
    mayDownload: true,
  });
  expect(inputOf({ ...draftOf(share), lastDay: "" }, []).expiresAt).toBeNull();
});

test("the last day is counted in calendar days", () => {
  vi.useFakeTimers({ now: new Date("2026-12-31T14:00:00Z"), toFake: ["Date"] });
  expect(dayIn(7)).toBe("2027-01-07");
  vi.useRealTimers();
});

test("a mail says what there is to say, and never the password", () => {
  const words = (key: string) => key;
  const letter = {
    company: "青葉",
    sender: "青木",
    title: "机",
    url: "https://x/s/1",
    lastDay: "",
    password: false,
    answer: false,
  };
  expect(mailText(letter, words)).not.toMatch(/until|password|answer/);
  expect(mailText({ ...letter, lastDay: "2026-12-20", password: true, answer: true }, words).split("\n\n")).toEqual([
    "share.mail.greeting",
    "share.mail.link\nhttps://x/s/1",
    "share.mail.until",
    "share.mail.password",
    "share.mail.answer",
  ]);
});
