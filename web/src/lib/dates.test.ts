import { beforeEach, expect, test } from "vitest";
import { setBoot } from "./boot";
import { formatDate, formatDateTime, formatRecent, instant, parseDate, today, wallClock } from "./dates";
import { startI18n, switchLanguage } from "./i18n";

beforeEach(async () => {
  setBoot({ user: { id: "1", code: "a", name: "a", locale: "ja", timezone: "Asia/Tokyo", admin: false } });
  await startI18n("ja", async () => ({}));
  await switchLanguage("ja");
});

test("dates and times read as an office writes them, in the user's zone", async () => {
  expect(formatDateTime("2026-11-21T09:30:00Z")).toBe("2026年11月21日(土) 18:30");
  expect(formatDate("2026-11-21")).toBe("2026年11月21日(土)");
  await switchLanguage("en");
  expect(formatDateTime("2026-11-21T09:30:00Z")).toBe("Sat 21 Nov 2026 18:30");
  expect(formatDate("2026-09-09")).toBe("Wed 9 Sep 2026");
  expect(formatDate("")).toBe("");
  expect(formatDate("soon")).toBe("soon");
});

test("what happened today and yesterday is said briefly", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect(formatRecent("2026-11-21T09:30:00Z", now)).toBe("18:30");
  expect(formatRecent("2026-11-20T05:02:00Z", now)).toBe("昨日 14:02");
});

test("a wall clock and its instant are each other's inverse, also where clocks jump", () => {
  expect(wallClock("2026-11-21T09:30:00Z", "Asia/Tokyo")).toBe("2026-11-21T18:30");
  expect(instant("2026-11-21T18:30", "Asia/Tokyo")).toBe("2026-11-21T09:30:00Z");
  for (const wall of ["2026-03-08T01:59", "2026-03-08T03:00", "2026-11-01T12:00", "2026-07-01T00:00"]) {
    expect(wallClock(instant(wall, "America/New_York"), "America/New_York")).toBe(wall);
  }
  expect(instant("2026-03-08T02:30", "America/New_York")).toBe("2026-03-08T07:30:00Z"); // skipped: half an hour after the jump
  expect(instant("2026-11-01T01:30", "America/New_York")).toBe("2026-11-01T05:30:00Z"); // shown twice: the first
});

test.each([
  ["2026年11月21日(土)", "2026-11-21"],
  ["2026/11/21", "2026-11-21"],
  ["２０２６－１１－２１", "2026-11-21"],
  ["20261121", "2026-11-21"],
  ["Sat 21 Nov 2026", "2026-11-21"],
  ["2026-02-30", null],
  ["tomorrow", null],
])("a day typed as %s is understood", (typed, want) => {
  expect(parseDate(typed)).toBe(want);
});

test("a month and a day are of this year", () => {
  expect(parseDate("3月5日")).toBe(`${today().slice(0, 4)}-03-05`);
});
