import { expect, test } from "vitest";
import { mark, paceOf, restOf } from "./pace";

const marked = (...marks: [at: number, done: number][]) =>
  marks.reduce((all, [at, done]) => mark(all, { at, done }), [] as ReturnType<typeof mark>);

test("the pace is that of the last quarter of a minute", () => {
  const marks = marked([0, 0], [10_000, 1_000], [20_000, 21_000], [25_000, 31_000]);
  expect(paceOf(marks, 51_000)).toEqual({ perSecond: 2_000, secondsLeft: 10 });
});

test("nothing is said too early, while nothing moves, or across a new beginning", () => {
  expect(paceOf(marked([0, 0], [1_000, 500]), 1_000)).toBeUndefined();
  expect(paceOf(marked([0, 100], [5_000, 100]), 1_000)).toBeUndefined();
  expect(paceOf(marked([0, 900], [2_000, 100]), 1_000)).toBeUndefined();
});

test.each([
  [0.2, "seconds", 5],
  [12, "seconds", 15],
  [58, "minutes", 1],
  [200, "minutes", 3],
  [3_500, "hours", 1],
])("%d s are told as %s", (seconds, unit, count) => {
  expect(restOf(seconds)).toEqual({ unit, count });
});
