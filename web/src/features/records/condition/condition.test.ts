import { expect, test } from "vitest";
import { type Filter, filterText, queryText, readSort, sortText } from "./condition";
import { readFilter } from "./read";

const filter: Filter = {
  match: "all",
  conditions: [
    { field: "件名", operator: "like", values: ['机 "大"\\new'] },
    { field: "金額", operator: ">=", values: ["1000"] },
    { field: "状況", operator: "in", values: ["受注", ""] },
    { field: "期日", operator: "<", values: ["FROM_TODAY(7, DAYS)"] },
    { field: "担当", operator: "not in", values: ["LOGINUSER()", "aoki"] },
    { field: "備考", operator: "is not empty", values: [] },
  ],
};

test("a filter becomes a query, with what people type made harmless", () => {
  expect(filterText(filter)).toBe(
    '件名 like "机 \\"大\\"\\\\new" and 金額 >= "1000" and 状況 in ("受注", "") and 期日 < FROM_TODAY(7, DAYS) and 担当 not in (LOGINUSER(), "aoki") and 備考 is not empty',
  );
  expect(filterText({ match: "any", conditions: filter.conditions.slice(1, 3) })).toBe(
    '金額 >= "1000" or 状況 in ("受注", "")',
  );
});

test("what the dialog wrote it can read again", () => {
  expect(readFilter(filterText(filter))).toEqual(filter);
  expect(readFilter("")).toEqual({ match: "all", conditions: [] });
  expect(readFilter("金額 > 5　or $id = 3")).toEqual({
    match: "any",
    conditions: [
      { field: "金額", operator: ">", values: ["5"] },
      { field: "$id", operator: "=", values: ["3"] },
    ],
  });
});

test.each(['(a = "1" or b = "2") and c = "3"', 'a = "1" and b = "2" or c = "3"', 'a = "1', "a is", "a in (1"])(
  "what is more than the dialog can show is left alone: %s",
  (text) => {
    expect(readFilter(text)).toBeNull();
  },
);

test("sorting reads and writes the order-by list", () => {
  expect(readSort("期日 asc, $id DESC, 件名")).toEqual([
    { field: "期日", descending: false },
    { field: "$id", descending: true },
    { field: "件名", descending: false },
  ]);
  expect(queryText('a = "1"', sortText([{ field: "期日", descending: true }]))).toBe('a = "1" order by 期日 desc');
});
