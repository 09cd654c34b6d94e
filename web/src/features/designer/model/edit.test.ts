import { expect, test } from "vitest";
import { add, changeField, duplicate, move, nudge, placeFor, remove, resize, restore, widen } from "./edit";
import { type Form, find, type Key } from "./form";
import { type Place, refusal, stops, type Thing, thingAt } from "./places";
import { keyOf, part, sampleForm, sketch } from "./samples.fake";

const start = "件名 金額 / 状況 / 明細(品名 数量) / 詳細[メモ]";
const rowOf = (form: Form, code: string): Key => find(form, keyOf(form, code))?.row?.key ?? "";
const thing = (form: Form, code: string, live = false) => thingAt(form, keyOf(form, code), () => live) as Thing;

test("the sample reads as it is written", () => {
  expect(sketch(sampleForm())).toBe(start);
});

test.each<[string, (f: Form) => Place, string]>([
  [
    "状況",
    (f) => ({ at: "cell", row: rowOf(f, "件名"), before: keyOf(f, "金額") }),
    "件名 状況 金額 / 明細(品名 数量) / 詳細[メモ]",
  ],
  ["金額", () => ({ at: "row" }), "件名 / 状況 / 明細(品名 数量) / 詳細[メモ] / 金額"],
  ["金額", (f) => ({ at: "row", before: rowOf(f, "件名") }), "金額 / 件名 / 状況 / 明細(品名 数量) / 詳細[メモ]"],
  [
    "金額",
    (f) => ({ at: "row", group: keyOf(f, "詳細"), before: rowOf(f, "メモ") }),
    "件名 / 状況 / 明細(品名 数量) / 詳細[金額 / メモ]",
  ],
  ["金額", (f) => ({ at: "cell", row: keyOf(f, "明細") }), "件名 / 状況 / 明細(品名 数量 金額) / 詳細[メモ]"],
  ["メモ", (f) => ({ at: "cell", row: rowOf(f, "状況") }), "件名 金額 / 状況 メモ / 明細(品名 数量) / 詳細[]"],
  ["明細", (f) => ({ at: "row", before: rowOf(f, "件名") }), "明細(品名 数量) / 件名 金額 / 状況 / 詳細[メモ]"],
  ["詳細", (f) => ({ at: "row", before: rowOf(f, "状況") }), "件名 金額 / 詳細[メモ] / 状況 / 明細(品名 数量)"],
])("%s moves", (code, place, want) => {
  const form = sampleForm();
  expect(sketch(move(form, keyOf(form, code), place(form)))).toBe(want);
});

test("a move to where something stands already changes nothing", () => {
  const form = sampleForm();
  for (const place of [
    { at: "row", before: rowOf(form, "状況") },
    { at: "cell", row: rowOf(form, "状況") },
    { at: "cell", row: rowOf(form, "状況"), before: keyOf(form, "状況") },
  ] as Place[]) {
    expect(move(form, keyOf(form, "状況"), place)).toBe(form);
  }
  expect(move(form, keyOf(form, "詳細"), { at: "row", group: keyOf(form, "詳細") })).toBe(form);
});

test("a row keeps its key when its only field moves, so that the page does not draw it anew", () => {
  const form = sampleForm();
  const moved = move(form, keyOf(form, "状況"), { at: "row" });
  expect(rowOf(moved, "状況")).toBe(rowOf(form, "状況"));
});

test("arrow keys take a field through every place, down and all the way back", () => {
  let form = sampleForm();
  const seen = [sketch(form)];
  const go = (direction: "up" | "down") => {
    for (
      let next = nudge(form, thing(form, "件名"), direction);
      next;
      next = nudge(form, thing(form, "件名"), direction)
    ) {
      form = next;
      seen.push(sketch(form));
      if (seen.length > 40) throw new Error(`no end: ${seen.join("\n")}`);
    }
  };
  go("down");
  const rest = "明細(品名 数量) / 詳細[メモ]";
  expect(seen).toEqual([
    start,
    `金額 / 件名 / 状況 / ${rest}`,
    `金額 / 状況 件名 / ${rest}`,
    `金額 / 状況 / 件名 / ${rest}`,
    "金額 / 状況 / 明細(品名 数量 件名) / 詳細[メモ]",
    "金額 / 状況 / 明細(品名 数量) / 件名 / 詳細[メモ]",
    "金額 / 状況 / 明細(品名 数量) / 詳細[件名 / メモ]",
    "金額 / 状況 / 明細(品名 数量) / 詳細[メモ 件名]",
    "金額 / 状況 / 明細(品名 数量) / 詳細[メモ / 件名]",
    "金額 / 状況 / 明細(品名 数量) / 詳細[メモ] / 件名",
  ]);
  const down = [...seen];
  seen.length = 0;
  go("up");
  expect(seen.slice(0, 8)).toEqual(down.slice(1, -1).reverse());
  expect(sketch(form)).toBe(`件名 / 金額 / 状況 / ${rest}`);
});

test("left and right change places in a row, and stop at its ends", () => {
  const form = sampleForm();
  const swapped = nudge(form, thing(form, "件名"), "right") as Form;
  expect(sketch(swapped)).toContain("金額 件名 /");
  expect(nudge(swapped, thing(swapped, "件名"), "right")).toBeUndefined();
  expect(sketch(nudge(swapped, thing(swapped, "件名"), "left") as Form)).toBe(start);
});

test("tables and groups move by rows and never into a group", () => {
  let form = sampleForm();
  form = nudge(form, thing(form, "明細"), "down") as Form;
  expect(sketch(form)).toBe("件名 金額 / 状況 / 詳細[メモ] / 明細(品名 数量)");
  expect(nudge(form, thing(form, "明細"), "down")).toBeUndefined();
});

test("what holds data stays in its table, or out of every table", () => {
  const form = sampleForm();
  const inTable: Place = { at: "cell", row: keyOf(form, "明細") };
  expect(refusal(form, thing(form, "件名", true), inTable)).toBe("liveOutside");
  expect(refusal(form, thing(form, "件名", false), inTable)).toBeUndefined();
  expect(refusal(form, thing(form, "品名", true), { at: "row" })).toBe("liveInside");
  expect(refusal(form, thing(form, "品名", true), inTable)).toBeUndefined();
  expect(refusal(form, { kind: "cell", type: "LABEL" }, inTable)).toBe("notInTable");
  expect(refusal(form, { kind: "table", type: "SUBTABLE" }, inTable)).toBe("whole");
  expect(refusal(form, { kind: "group", type: "GROUP" }, { at: "row", group: keyOf(form, "詳細") })).toBe("noNesting");
  const { places } = stops(form, thing(form, "件名", true));
  expect(places.some((p) => p.at === "cell" && p.row === keyOf(form, "明細"))).toBe(false);
});

test("new parts go below what is selected, into a selected table or group", () => {
  const form = sampleForm();
  const added = (type: string, at: string) => {
    const p = part(type, form, "新");
    return sketch(add(form, p, placeFor(form, type, keyOf(form, at))));
  };
  expect(added("NUMBER", "件名")).toBe("件名 金額 / 新 / 状況 / 明細(品名 数量) / 詳細[メモ]");
  expect(added("NUMBER", "品名")).toBe("件名 金額 / 状況 / 明細(品名 数量 新) / 詳細[メモ]");
  expect(added("LABEL", "明細")).toBe("件名 金額 / 状況 / 明細(品名 数量) / LABEL / 詳細[メモ]");
  expect(added("NUMBER", "詳細")).toBe("件名 金額 / 状況 / 明細(品名 数量) / 詳細[メモ / 新]");
  expect(added("SUBTABLE", "メモ")).toBe(`${start} / 新()`);
});

test("removing: a table takes its columns along, a group leaves its rows, a system field stays known", () => {
  const form = sampleForm();
  const noTable = remove(form, keyOf(form, "明細"));
  expect(sketch(noTable)).toBe("件名 金額 / 状況 / 詳細[メモ]");
  expect(Object.values(noTable.fields).some((f) => f.code === "品名")).toBe(false);
  expect(sketch(remove(form, keyOf(form, "詳細")))).toBe("件名 金額 / 状況 / 明細(品名 数量) / メモ");
  const placed = add(form, part("RECORD_NUMBER", form), { at: "row" });
  const gone = remove(placed, keyOf(form, "レコード番号"));
  expect(sketch(gone)).toBe(start);
  expect(gone.fields[keyOf(form, "レコード番号")]).toBeDefined();
});

test("what was removed comes back to where it stood, also after other changes", () => {
  const form = sampleForm();
  for (const code of ["件名", "状況", "品名", "明細", "メモ"]) {
    const gone = remove(form, keyOf(form, code));
    expect(sketch(restore(gone, form, keyOf(form, code)))).toBe(start);
  }
  const key = keyOf(form, "件名");
  const later = remove(remove(form, key), keyOf(form, "金額"));
  expect(sketch(restore(later, form, key))).toBe("件名 / 状況 / 明細(品名 数量) / 詳細[メモ]");
  expect(restore(form, form, key)).toBe(form);
});

test("a copy stands beside the original under a code of its own", () => {
  const form = sampleForm();
  expect(sketch(duplicate(form, keyOf(form, "件名"))?.form as Form)).toBe(`件名 件名_0 金額${start.slice(5)}`);
  expect(sketch(duplicate(form, keyOf(form, "明細"))?.form as Form)).toBe(
    "件名 金額 / 状況 / 明細(品名 数量) / 明細_0(品名_0 数量_0) / 詳細[メモ]",
  );
});

test("sizes keep to the grid and to what a finger can hold", () => {
  const form = sampleForm();
  const key = keyOf(form, "件名");
  const width = (f: Form) => find(f, key)?.cell?.width;
  expect(width(resize(form, key, { width: 233 }))).toBe(230);
  expect(width(resize(form, key, { width: 12 }))).toBe(100);
  expect(width(widen(form, key, 1))).toBe(210);
});

test("a code follows its label until somebody writes another", () => {
  const p = part("SINGLE_LINE_TEXT", sampleForm());
  let form = add(sampleForm(), p, { at: "row" });
  const key = p.field?.key ?? "";
  form = changeField(form, key, { label: "お名前 (漢字)" });
  expect(form.fields[key]?.code).toBe("お名前__漢字_");
  form = changeField(form, key, { label: "件名" });
  expect(form.fields[key]?.code).toBe("件名_0");
  form = changeField(changeField(form, key, { code: "name" }), key, { label: "氏名" });
  expect(form.fields[key]?.code).toBe("name");
});
