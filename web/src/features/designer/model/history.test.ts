import { expect, test } from "vitest";
import { begin, record, redo, settle, undo } from "./history";

test("steps are taken back and made again; a new one ends the future", () => {
  let h = record(record(begin("a"), "b"), "c");
  h = undo(undo(h));
  expect(h.present).toBe("a");
  h = redo(h);
  expect(h.present).toBe("b");
  h = record(h, "d");
  expect(redo(h).present).toBe("d");
  expect(undo(undo(undo(h))).present).toBe("a");
});

test("typing in one input is one step until it is left", () => {
  let h = begin("");
  for (const text of ["あ", "あい", "あいう"]) h = record(h, text, "label");
  expect(undo(h).present).toBe("");
  h = record(settle(h), "あいうえ", "label");
  expect(undo(h).present).toBe("あいう");
});
