import { expect, failure, test } from "./fixtures";
import { makeOrders, pick, values } from "./orders";

let app: string;
test.beforeEach(async ({ client }) => {
  app = await makeOrders(client);
});

const notFound = (id: string) => ({
  status: 404,
  code: "GAIA_RE01",
  message: `指定したレコード（id: ${id}）が見つかりません。`,
});
const conflict = {
  status: 409,
  code: "GAIA_CO02",
  message: "指定したrevisionは最新ではありません。ほかのユーザーがレコードを更新した可能性があります。",
};

test("a record comes back as it was written, with every value in its type's form", async ({ client }) => {
  const added = await client.record.addRecord({
    app,
    record: values({
      番号: "A-1",
      件名: "椅子の納入",
      備考: "一行目\n二行目",
      説明: "<b>太字</b>",
      金額: "1.50e3",
      区分: "継続",
      状態: "受注",
      用途: ["社外", "社内"],
      色: ["緑", "赤"],
      受注日: "2026-4-1",
      時刻: "09:30",
      日時: "2026-04-01T09:30:45+09:00",
      サイト: "https://example.com/",
      担当: [{ code: "admin" }],
      明細: [{ value: values({ 品名: "椅子", 数量: "12", 納品: ["済"] }) }],
      ない: "知らないフィールドは無視",
    }),
  });
  expect(added).toEqual({ id: "1", revision: "1" });

  const { record } = await client.record.getRecord({ app, id: added.id });
  const minute = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
  const someone = { code: "admin", name: expect.any(String) };
  expect(record).toEqual({
    $id: { type: "__ID__", value: "1" },
    $revision: { type: "__REVISION__", value: "1" },
    レコード番号: { type: "RECORD_NUMBER", value: "1" },
    作成者: { type: "CREATOR", value: someone },
    作成日時: { type: "CREATED_TIME", value: minute },
    更新者: { type: "MODIFIER", value: someone },
    更新日時: { type: "UPDATED_TIME", value: minute },
    番号: { type: "SINGLE_LINE_TEXT", value: "A-1" },
    件名: { type: "SINGLE_LINE_TEXT", value: "椅子の納入" },
    備考: { type: "MULTI_LINE_TEXT", value: "一行目\n二行目" },
    説明: { type: "RICH_TEXT", value: "<b>太字</b>" },
    金額: { type: "NUMBER", value: "1500" },
    区分: { type: "RADIO_BUTTON", value: "継続" },
    状態: { type: "DROP_DOWN", value: "受注" },
    用途: { type: "CHECK_BOX", value: ["社内", "社外"] },
    色: { type: "MULTI_SELECT", value: ["赤", "緑"] },
    受注日: { type: "DATE", value: "2026-04-01" },
    時刻: { type: "TIME", value: "09:30" },
    日時: { type: "DATETIME", value: "2026-04-01T00:30:00Z" },
    サイト: { type: "LINK", value: "https://example.com/" },
    添付: { type: "FILE", value: [] },
    担当: { type: "USER_SELECT", value: [someone] },
    明細: {
      type: "SUBTABLE",
      value: [
        {
          id: expect.stringMatching(/^\d+$/),
          value: {
            品名: { type: "SINGLE_LINE_TEXT", value: "椅子" },
            数量: { type: "NUMBER", value: "12" },
            納品: { type: "CHECK_BOX", value: ["済"] },
          },
        },
      ],
    },
  });
});

test("defaults fill what was not sent, and empty values have their type's form", async ({ client }) => {
  const { id } = await client.record.addRecord({ app, record: values({ 件名: "既定値", 明細: [{ value: {} }] }) });
  const { record } = await client.record.getRecord({ app, id });
  expect(pick(record, "番号", "金額", "区分", "状態", "用途", "受注日", "時刻", "日時", "担当")).toEqual({
    番号: "",
    金額: "",
    区分: "新規",
    状態: null,
    用途: [],
    受注日: null,
    時刻: null,
    日時: "",
    担当: [],
  });
  expect(record.明細?.value).toMatchObject([{ value: { 品名: { value: "" }, 数量: { value: "1" } } }]);
});

test("an update raises the revision, and an old revision is refused", async ({ client, englishClient }) => {
  const { id } = await client.record.addRecord({ app, record: values({ 件名: "一" }) });
  const update = (of: typeof client, revision?: number) =>
    of.record.updateRecord({ app, id, record: values({ 件名: "二" }), revision });
  expect(await update(client, 1)).toEqual({ revision: "2" });
  expect(await update(client, -1)).toEqual({ revision: "3" });
  expect(await update(client)).toEqual({ revision: "4" });
  expect(await failure(update(client, 2))).toEqual(conflict);
  expect(await failure(update(englishClient, 2))).toEqual({
    ...conflict,
    message: "The revision is not the latest. Someone may update a record.",
  });
});

test("a record is found by its update key", async ({ client }) => {
  await client.record.addRecord({ app, record: values({ 番号: "K-1", 件名: "鍵" }) });
  const byKey = (value: string, field = "番号") =>
    client.record.updateRecord({ app, updateKey: { field, value }, record: values({ 金額: 5 }) });
  expect(await byKey("K-1")).toEqual({ revision: "2" });
  expect(await failure(byKey("K-9"))).toMatchObject({ code: "GAIA_RE20" });
  expect(await failure(byKey("x", "件名"))).toMatchObject({ status: 400, code: "GAIA_IQ27" });
});

test("upsert adds what is not there and updates what is", async ({ client }) => {
  const upsert = (件名: string) =>
    client.record.upsertRecord({ app, updateKey: { field: "番号", value: "U-1" }, record: values({ 件名 }) });
  expect(await upsert("初")).toEqual({ id: "1", revision: "1" });
  expect(await upsert("次")).toEqual({ id: "1", revision: "2" });
  const many = await client.record.updateRecords({
    app,
    upsert: true,
    records: [
      { updateKey: { field: "番号", value: "U-1" }, record: values({ 件名: "三" }) },
      { updateKey: { field: "番号", value: "U-2" }, record: values({ 件名: "新" }) },
      { id: "9007199254740991", record: values({ 番号: "U-3", 件名: "番号なし" }) },
    ],
  });
  expect(many.records).toEqual([
    { id: "1", revision: "3", operation: "UPDATE" },
    { id: "2", revision: "1", operation: "INSERT" },
    { id: "3", revision: "1", operation: "INSERT" },
  ]);
  const { record } = await client.record.getRecord({ app, id: 2 });
  expect(pick(record, "番号", "件名")).toEqual({ 番号: "U-2", 件名: "新" });
});

test("records are added, updated and deleted together, all or none", async ({ client }) => {
  const added = await client.record.addRecords({ app, records: ["a", "b", "c"].map((件名) => values({ 件名 })) });
  expect(added).toMatchObject({ ids: ["1", "2", "3"], revisions: ["1", "1", "1"] });
  expect(await client.record.addRecords({ app, records: [] })).toMatchObject({ ids: [], revisions: [] });

  const updated = await client.record.updateRecords({
    app,
    records: [
      { id: 2, record: values({ 件名: "B" }) },
      { id: 1, record: values({ 件名: "A" }), revision: 1 },
    ],
  });
  expect(updated.records).toEqual([
    { id: "2", revision: "2" },
    { id: "1", revision: "2" },
  ]);
  const half = client.record.updateRecords({
    app,
    records: [
      { id: 3, record: values({ 件名: "C" }) },
      { id: 99, record: values({ 件名: "X" }) },
    ],
  });
  expect(await failure(half)).toEqual(notFound("99"));
  expect(await failure(client.record.deleteRecords({ app, ids: [1, 99] }))).toEqual(notFound("99"));
  expect(await failure(client.record.deleteRecords({ app, ids: [1, 2], revisions: [2, 1] }))).toEqual(conflict);
  const { records } = await client.record.getRecords({ app, query: "order by $id asc" });
  expect(records.map((r) => r.件名?.value)).toEqual(["A", "B", "c"]);

  expect(await client.record.deleteRecords({ app, ids: [1, 2], revisions: [-1, 2] })).toEqual({});
  expect(await failure(client.record.getRecord({ app, id: 1 }))).toEqual(notFound("1"));
});

test("every wrong value is told at once, at its own path, in the reader's language", async ({
  client,
  englishClient,
}) => {
  const wrong = values({
    番号: "123456789",
    金額: "1000001",
    状態: "保留",
    用途: ["社内", "宇宙"],
    明細: [{ value: values({ 納品: ["未"] }) }],
  });
  expect(await failure(client.record.addRecord({ app, record: wrong }))).toEqual({
    status: 400,
    code: "CB_VA01",
    message: "入力内容が正しくありません。",
    errors: {
      "record.番号.value": ["9文字より短くなければなりません。"],
      "record.件名.value": ["必須です。"],
      "record.金額.value": ["1000000以下である必要があります。"],
      "record.状態.value": ['"保留"は選択肢にありません。'],
      "record.用途.values[1].value": ['"宇宙"は選択肢にありません。'],
      "record.明細.value[0].value.納品.values[0].value": ['"未"は選択肢にありません。'],
    },
  });
  const bulk = englishClient.record.addRecords({
    app,
    records: [values({ 件名: "よい" }), values({ 件名: "", 金額: "-1" })],
  });
  expect(await failure(bulk)).toEqual({
    status: 400,
    code: "CB_VA01",
    message: "Missing or invalid input.",
    errors: {
      "records[1].件名.value": ["Required."],
      "records[1].金額.value": ["The value must be 0 or more."],
    },
  });
  const text = client.record.addRecord({ app, record: values({ 件名: "数", 金額: "12abc" }) });
  expect(await failure(text)).toMatchObject({ errors: { "record[金額].value": ["数字でなければなりません。"] } });
  expect((await client.record.getRecords({ app, totalCount: true })).totalCount).toBe("0");
});

test("a unique value is taken once, also within one request", async ({ client }) => {
  const duplicate = { "record.番号.value": ["値がほかのレコードと重複しています。"] };
  const record = values({ 番号: "D-1", 件名: "元" });
  const { id } = await client.record.addRecord({ app, record });
  expect(await failure(client.record.addRecord({ app, record }))).toMatchObject({ errors: duplicate });
  expect(await client.record.updateRecord({ app, id, record })).toEqual({ revision: "2" });
  const twins = [values({ 番号: "D-2", 件名: "双" }), values({ 番号: "D-2", 件名: "子" })];
  expect(await failure(client.record.addRecords({ app, records: twins }))).toMatchObject({
    status: 400,
    code: "CB_VA01",
  });
  await client.record.addRecords({ app, records: [values({ 件名: "空" }), values({ 件名: "空" })] });
});

test("parameters are checked, with kintone's words", async ({ client, englishClient }) => {
  const tooMany = Array.from({ length: 101 }, () => values({ 件名: "多" }));
  expect(await failure(client.record.addRecords({ app, records: tooMany }))).toMatchObject({
    code: "CB_VA01",
    errors: { records: ["一度に100件までのレコードを追加できます。"] },
  });
  expect(await failure(englishClient.record.deleteRecords({ app, ids: [] }))).toMatchObject({
    code: "CB_VA01",
    errors: { ids: expect.arrayContaining(["Required field."]) },
  });
  expect(await failure(client.record.getRecord({ app: "", id: 1 }))).toMatchObject({
    status: 400,
    code: "CB_VA01",
    errors: { app: ["必須です。"] },
  });
  expect(await failure(englishClient.record.getRecord({ app, id: 0 }))).toMatchObject({
    errors: { id: ["must be greater than or equal to 1"] },
  });
  expect(await failure(client.record.getRecords({ app: 99999 }))).toEqual({
    status: 404,
    code: "GAIA_AP01",
    message: "指定したアプリ（id: 99999）が見つかりません。削除されている可能性があります。",
  });
});

test("table rows are merged by id, in the order sent", async ({ client }) => {
  const row = (品名: string, 数量: string) => ({ value: values({ 品名, 数量 }) });
  const { id } = await client.record.addRecord({
    app,
    record: values({ 件名: "表", 明細: [row("机", "1"), row("椅子", "4")] }),
  });
  type Row = { id: string; value: { [code: string]: { value: unknown } } };
  const rows = async () => (await client.record.getRecord({ app, id })).record.明細?.value as Row[];
  const update = (明細: unknown) => client.record.updateRecord({ app, id, record: values({ 明細 }) });
  const [desk, chair] = await rows();

  await client.record.updateRecord({ app, id, record: values({ 件名: "表は同じ" }) });
  expect(await rows()).toEqual([desk, chair]);

  await update([{ id: chair!.id, value: values({ 数量: "5" }) }, row("棚", "2"), { id: "99999", ...row("灯", "3") }]);
  const after = await rows();
  expect(after.map((r) => pick(r.value, "品名", "数量"))).toEqual([
    { 品名: "椅子", 数量: "5" },
    { 品名: "棚", 数量: "2" },
    { 品名: "灯", 数量: "3" },
  ]);
  expect(after[0]!.id).toBe(chair!.id);
  expect(new Set(after.map((r) => r.id)).size).toBe(3);
  expect(after.map((r) => r.id)).not.toContain(desk!.id);

  await update([]);
  expect(await rows()).toEqual([]);
});
