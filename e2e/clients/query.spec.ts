import { KintoneAllRecordsError } from "@kintone/rest-api-client";
import { expect, failure, test } from "./fixtures";
import { makeOrders, values } from "./orders";

let app: string;
test.beforeEach(async ({ client }) => {
  app = await makeOrders(client);
});

test("conditions, order, limit, offset and totals", async ({ client }) => {
  await client.record.addRecords({
    app,
    records: [
      values({
        件名: "机",
        金額: 300,
        状態: "受注",
        用途: ["社内"],
        受注日: "2026-01-15",
        明細: [{ value: values({ 品名: "天板" }) }],
      }),
      values({ 件名: "椅子", 金額: 90, 状態: "商談中", 用途: ["社内", "社外"], 受注日: "2026-02-01" }),
      values({ 件名: "書棚", 金額: 1200, 状態: "受注", 備考: "三段の書棚です", 日時: "2020-03-01T00:00:00Z" }),
      values({ 件名: '引用"符', 区分: "継続" }),
    ],
  });
  const ask = async (query: string) => {
    const { records } = await client.record.getRecords({ app, query });
    return records.map((r) => r.$id?.value);
  };
  for (const [query, ids] of [
    ["", ["4", "3", "2", "1"]],
    ["order by $id asc", ["1", "2", "3", "4"]],
    ["金額 > 90 order by 金額 desc", ["3", "1"]],
    ["金額 >= 90 and 金額 <= 300 order by 金額 asc", ["2", "1"]],
    ['金額 = ""', ["4"]],
    ['状態 in ("受注") order by 金額 asc limit 1', ["1"]],
    ['状態 in ("受注") order by 金額 asc limit 1 offset 1', ["3"]],
    ['状態 in ("")', ["4"]],
    ['状態 not in ("受注", "")', ["2"]],
    ['用途 in ("社外")', ["2"]],
    ['用途 not in ("社外") order by $id asc', ["1", "3", "4"]],
    ['(件名 = "机" or 件名 = "椅子") and 金額 < 100', ["2"]],
    ['件名 = "机" or 件名 = "椅子" and 金額 < 0', ["1"]],
    ['件名 = "引用\\"符"', ["4"]],
    ['備考 like "書棚"', ["3"]],
    ["備考 is not empty", ["3"]],
    ['受注日 >= "2026-02-01"', ["2"]],
    ["日時 < NOW()", ["3"]],
    ['日時 = "2020-03-01T09:00:00+09:00"', ["3"]],
    ["作成日時 <= NOW() order by $id asc", ["1", "2", "3", "4"]],
    ["作成者 in (LOGINUSER()) limit 2", ["4", "3"]],
    ['品名 in ("天板")', ["1"]],
    ['レコード番号 = "2"', ["2"]],
    ["$id > 2 order by $id asc limit 500", ["3", "4"]],
    ["limit 2 offset 3", ["1"]],
  ] as const) {
    expect(await ask(query), query).toEqual(ids);
  }

  const page = await client.record.getRecords({
    app,
    query: "金額 > 0 limit 1",
    fields: ["件名", "ない"],
    totalCount: true,
  });
  expect(page).toEqual({ records: [{ 件名: { type: "SINGLE_LINE_TEXT", value: "書棚" } }], totalCount: "3" });
  expect((await client.record.getRecords({ app })).totalCount).toBeNull();
});

test("a wrong query says what is wrong with it", async ({ client, englishClient }) => {
  const ask = (query: string, of = client) => failure(of.record.getRecords({ app, query }));
  for (const query of ["件名 = 'x'", '件名 = "', "件名 =", "and", "order by", "limit -1"]) {
    expect(await ask(query), query).toEqual({
      status: 400,
      code: "CB_VA01",
      message: "入力内容が正しくありません。",
      errors: { query: ["クエリ記法が間違っています。"] },
    });
  }
  for (const [query, code, message] of [
    ["limit 501", "GAIA_QU01", "limit には 500 以下の値を指定してください。"],
    ["offset 10001", "GAIA_QU02", "offset には 10,000 以下の値を指定してください。"],
    ['ない = "x"', "GAIA_IQ11", "指定されたフィールド（ない）が見つかりません。"],
    ["order by ない asc", "GAIA_IQ11", "指定されたフィールド（ない）が見つかりません。"],
    ['件名 > "x"', "GAIA_IQ03", "件名フィールドのフィールドタイプには演算子>を使用できません。"],
    [
      '品名 = "x"',
      "GAIA_IQ07",
      "テーブルに設定している場合、品名フィールドのフィールドタイプには、演算子=を使用できません。",
    ],
    ['状態 in ("保留")', "GAIA_IQ10", "フィールド「状態」の項目に「保留」は存在しません。"],
  ] as const) {
    expect(await ask(query), query).toEqual({ status: 400, code, message });
  }
  expect(await ask('ない = "x"', englishClient)).toMatchObject({ message: "Specified field (ない) not found." });
  expect(await ask("limit 501", englishClient)).toMatchObject({ message: "limit must be 500 or less." });
});

test("a query too long for an address goes as POST with an override", async ({ client }) => {
  await client.record.addRecord({ app, record: values({ 件名: "長い" }) });
  const many = Array.from({ length: 900 }, (_, i) => `"${i}"`).join(", ");
  const { records } = await client.record.getRecords({ app, query: `件名 not in (${many})`, fields: ["件名"] });
  expect(records).toHaveLength(1);
});

test("more records than one answer holds: added, read in three ways, updated and deleted", async ({ client }) => {
  const count = 620;
  const added = await client.record.addAllRecords({
    app,
    records: Array.from({ length: count }, (_, i) => values({ 番号: String(i), 件名: `件名${i}`, 金額: i })),
  });
  expect(added.records).toHaveLength(count);
  expect(added.records[619]).toEqual({ id: "620", revision: "1" });

  const amounts = (records: { [code: string]: { value: unknown } }[]) => records.map((r) => Number(r.金額?.value));
  const ascending = Array.from({ length: 600 }, (_, i) => i + 20);
  const condition = "金額 >= 20";
  const fields = ["金額"];
  expect(amounts(await client.record.getAllRecordsWithId({ app, fields, condition }))).toEqual(ascending);
  const orderBy = "金額 desc";
  const descending = ascending.toReversed();
  expect(amounts(await client.record.getAllRecordsWithOffset({ app, fields, condition, orderBy }))).toEqual(descending);
  const query = `${condition} order by ${orderBy}`;
  expect(amounts(await client.record.getAllRecordsWithCursor({ app, fields, query }))).toEqual(descending);
  expect(amounts(await client.record.getAllRecords({ app, fields, condition, orderBy }))).toEqual(descending);

  const updated = await client.record.updateAllRecords({
    app,
    records: added.records.map(({ id }) => ({ id, record: values({ 状態: "受注" }) })),
  });
  expect(updated.records[0]).toEqual({ id: "1", revision: "2" });
  const counted = await client.record.getRecords({ app, query: '状態 in ("受注") limit 1', totalCount: true });
  expect(counted.totalCount).toBe("620");

  await client.record.deleteAllRecords({ app, records: added.records.slice(0, 610).map(({ id }) => ({ id })) });
  expect((await client.record.getRecords({ app })).records).toHaveLength(10);
});

test("the client can tell which record of many was refused", async ({ client }) => {
  const records = Array.from({ length: 150 }, (_, i) => values({ 件名: i === 130 ? "" : "よい" }));
  const error = await client.record.addAllRecords({ app, records }).catch((reason) => reason);
  expect(error).toBeInstanceOf(KintoneAllRecordsError);
  expect(error).toMatchObject({ errorIndex: 130, numOfProcessedRecords: 0, numOfAllRecords: 150 });
  expect((await client.record.getRecords({ app, totalCount: true })).totalCount).toBe("0");
});

test("a cursor walks its records once", async ({ client }) => {
  await client.record.addRecords({ app, records: [1, 2, 3, 4, 5].map((金額) => values({ 件名: "c", 金額 })) });
  const cursor = await client.record.createCursor({ app, fields: ["金額"], query: "order by 金額 asc", size: 2 });
  expect(cursor).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), totalCount: "5" });
  const pages = [];
  for (let next = true; next; ) {
    const page = await client.record.getRecordsByCursor({ id: cursor.id });
    pages.push(page.records.map((r) => r.金額?.value));
    next = page.next;
  }
  expect(pages).toEqual([["1", "2"], ["3", "4"], ["5"]]);
  await failure(client.record.getRecordsByCursor({ id: cursor.id }));

  const dropped = await client.record.createCursor({ app });
  expect(await client.record.deleteCursor({ id: dropped.id })).toEqual({});
  await failure(client.record.getRecordsByCursor({ id: dropped.id }));
  await failure(client.record.createCursor({ app, query: "limit 5" }));
});

test("at most ten cursors are open", async ({ client }) => {
  await client.record.addRecords({ app, records: [1, 2].map((金額) => values({ 件名: "c", 金額 })) });
  const ids: string[] = [];
  for (let i = 0; i < 10; i++) ids.push((await client.record.createCursor({ app, size: 1 })).id);
  expect(await failure(client.record.createCursor({ app, size: 1 }))).toMatchObject({ status: 429, code: "GAIA_TM12" });
  for (const id of ids) await client.record.deleteCursor({ id });
});
