import { deploy, expect, failure, makeApp, test } from "./fixtures";
import { values } from "./orders";

const text = (code: string, more = {}) => ({
  [code]: { type: "SINGLE_LINE_TEXT" as const, code, label: code, ...more },
});

test("an app lives in preview until it is deployed", async ({ client }) => {
  const { app, revision } = await client.app.addApp({ name: "備品台帳" });
  expect({ app, revision }).toEqual({
    app: expect.stringMatching(/^\d+$/),
    revision: expect.stringMatching(/^\d+$/),
  });
  expect(await failure(client.app.getApp({ id: app }))).toMatchObject({ status: 404, code: "GAIA_AP01" });
  expect((await client.app.getApps({ ids: [app] })).apps).toEqual([]);

  await client.app.addFormFields({ app, properties: text("品名") });
  await deploy(client, app);
  const someone = { code: "admin", name: expect.any(String) };
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  const live = {
    appId: app,
    code: "",
    name: "備品台帳",
    description: "",
    spaceId: null,
    threadId: null,
    createdAt: time,
    creator: someone,
    modifiedAt: time,
    modifier: someone,
  };
  expect(await client.app.getApp({ id: app })).toEqual(live);
  expect((await client.app.getApps({ ids: [app], name: "台帳" })).apps).toEqual([live]);
  expect((await client.app.getApps({ name: "そんなアプリはない" })).apps).toEqual([]);
});

test("apps are listed by id, a page at a time", async ({ client }) => {
  const ids = [];
  for (const name of ["頁一", "頁二", "頁三"]) ids.push(await makeApp(client, name, text("a")));
  const list = async (limit?: number, offset?: number) =>
    (await client.app.getApps({ name: "頁", limit, offset })).apps.map((a) => a.appId);
  expect(await list()).toEqual(ids);
  expect(await list(2)).toEqual(ids.slice(0, 2));
  expect(await list(2, 2)).toEqual(ids.slice(2));
});

test("fields are added with their defaults, changed, renamed and removed", async ({ client, englishClient }) => {
  const options = { 大: { label: "大", index: "0" }, 小: { label: "小", index: "1" } };
  const app = await makeApp(client, "項目", {
    ...text("文字"),
    数値: { type: "NUMBER", code: "数値", label: "数値", unit: "円", unitPosition: "AFTER" },
    選択: { type: "RADIO_BUTTON", code: "選択", label: "選択", options },
    日時: { type: "DATETIME", code: "日時", label: "日時", defaultNowValue: true },
    表: { type: "SUBTABLE", code: "表", label: "表", fields: { ...text("内") } },
    枠: { type: "GROUP", code: "枠", label: "枠", openGroup: true },
  });
  const live = await client.app.getFormFields({ app });
  expect(live.properties.レコード番号).toMatchObject({ type: "RECORD_NUMBER", label: "レコード番号", noLabel: false });
  expect(live.properties.文字).toEqual({
    type: "SINGLE_LINE_TEXT",
    code: "文字",
    label: "文字",
    noLabel: false,
    required: false,
    unique: false,
    minLength: "",
    maxLength: "",
    expression: "",
    hideExpression: false,
    defaultValue: "",
  });
  expect(live.properties.数値).toMatchObject({ digit: false, unit: "円", unitPosition: "AFTER", minValue: "" });
  expect(live.properties.選択).toMatchObject({ required: true, defaultValue: "大", align: "HORIZONTAL", options });
  expect(live.properties.日時).toMatchObject({ defaultNowValue: true, unique: false });
  expect(live.properties.表).toMatchObject({ type: "SUBTABLE", fields: { 内: { type: "SINGLE_LINE_TEXT" } } });
  expect(live.properties.枠).toMatchObject({ type: "GROUP", openGroup: true });

  const { id } = await client.record.addRecord({ app, record: values({ 文字: "残る値", 選択: "小" }) });
  await client.app.updateFormFields({
    app,
    properties: {
      文字: { type: "SINGLE_LINE_TEXT", code: "題名", label: "題名" },
      選択: {
        type: "RADIO_BUTTON",
        options: { 小: { label: "小さい", index: "0" }, 特大: { label: "特大", index: "1" } },
      },
    },
  });
  await client.app.deleteFormFields({ app, fields: ["数値"] });
  expect(Object.keys((await client.app.getFormFields({ app })).properties)).toContain("文字");
  const preview = await client.app.getFormFields({ app, preview: true });
  expect(Object.keys(preview.properties)).toEqual(expect.arrayContaining(["題名", "選択", "表"]));
  expect(preview.properties).not.toHaveProperty("数値");

  await deploy(client, app);
  const { record } = await client.record.getRecord({ app, id });
  expect(record).toMatchObject({ 題名: { value: "残る値" }, 選択: { value: "小さい" } });
  expect(record).not.toHaveProperty("数値");

  const add = (of: typeof client, properties: object) => failure(of.app.addFormFields({ app, properties }));
  expect(await add(client, { x: { type: "NO_SUCH_TYPE", code: "x", label: "x" } })).toMatchObject({
    code: "CB_VA01",
    errors: { "properties[x].type": ["Enum値のいずれかでなければなりません。"] },
  });
  expect(await add(client, text("題名"))).toMatchObject({ status: 400 });
  expect(await failure(englishClient.app.deleteFormFields({ app, fields: ["数値"] }))).toMatchObject({ status: 403 });
  expect(await failure(client.app.deleteFormFields({ app, fields: ["数値"] }))).toMatchObject({
    status: 400,
    code: "GAIA_FC01",
    message: "指定されたフィールド（code: 数値）が見つかりません。",
  });
});

test("the layout is replaced as a whole", async ({ client }) => {
  const app = await makeApp(client, "配置", {
    ...text("a"),
    ...text("b"),
    ...text("c"),
    表: { type: "SUBTABLE", code: "表", label: "表", fields: { ...text("d") } },
    枠: { type: "GROUP", code: "枠", label: "枠" },
  });
  const layout = [
    {
      type: "ROW" as const,
      fields: [
        { type: "LABEL", label: "<b>見出し</b>", size: { width: "200" } },
        { type: "SINGLE_LINE_TEXT", code: "b", size: { width: "300" } },
        { type: "SINGLE_LINE_TEXT", code: "a", size: { width: "150" } },
      ],
    },
    {
      type: "SUBTABLE" as const,
      code: "表",
      fields: [{ type: "SINGLE_LINE_TEXT", code: "d", size: { width: "193" } }],
    },
    {
      type: "GROUP" as const,
      code: "枠",
      layout: [
        {
          type: "ROW" as const,
          fields: [
            { type: "SINGLE_LINE_TEXT", code: "c", size: { width: "193" } },
            { type: "SPACER", elementId: "地図", size: { width: "50", height: "40" } },
          ],
        },
      ],
    },
    { type: "ROW" as const, fields: [{ type: "HR", size: { width: "400" } }] },
  ];
  const { revision } = await client.app.updateFormLayout({ app, layout });
  expect((await client.app.getFormLayout({ app, preview: true })).layout).toMatchObject(layout);
  expect((await client.app.getFormLayout({ app })).layout).not.toMatchObject(layout);
  await deploy(client, app);
  expect(await client.app.getFormLayout({ app })).toMatchObject({ layout, revision });

  const unknown = [{ type: "ROW" as const, fields: [{ type: "SINGLE_LINE_TEXT", code: "ない" }] }];
  expect(await failure(client.app.updateFormLayout({ app, layout: unknown }))).toMatchObject({ status: 400 });
});

test("views are made, ordered, renamed and removed", async ({ client }) => {
  const app = await makeApp(client, "一覧", { ...text("a"), ...text("b") });
  const list = (index: string, name: string, more = {}) => ({
    type: "LIST" as const,
    index,
    name,
    fields: ["a"],
    ...more,
  });
  const made = await client.app.updateViews({
    app,
    views: {
      全件: list("0", "全件"),
      甲: list("1", "甲", { filterCond: 'a = "甲"', sort: "b desc", fields: ["b", "a"] }),
    },
  });
  expect(Object.keys(made.views).sort()).toEqual(["全件", "甲"].sort());
  await deploy(client, app);
  const { views } = await client.app.getViews({ app });
  expect(views).toEqual({
    全件: expect.objectContaining({ type: "LIST", name: "全件", index: "0", fields: ["a"], id: made.views.全件?.id }),
    甲: expect.objectContaining({ filterCond: 'a = "甲"', sort: "b desc", fields: ["b", "a"], index: "1" }),
  });

  const renamed = await client.app.updateViews({ app, views: { 甲: list("0", "乙") } });
  expect(renamed.views).toEqual({ 乙: { id: made.views.甲?.id } });
  expect(Object.keys((await client.app.getViews({ app, preview: true })).views)).toEqual(["乙"]);
  expect(Object.keys((await client.app.getViews({ app })).views)).toHaveLength(2);

  expect(await failure(client.app.updateViews({ app, views: { 新: list("0", "違う名前") } }))).toMatchObject({
    status: 400,
    code: "GAIA_IN01",
  });
  const wrong = { 丙: list("0", "丙", { filterCond: 'ない = "x"' }) };
  expect(await failure(client.app.updateViews({ app, views: wrong }))).toMatchObject({ status: 400 });
});

test("general settings keep what was not sent", async ({ client }) => {
  const app = await makeApp(client, "設定", { ...text("題"), ...text("b") });
  expect(await client.app.getAppSettings({ app })).toMatchObject({
    name: "設定",
    description: "",
    icon: { type: "PRESET", key: expect.stringMatching(/^APP\d+$/) },
    titleField: { selectionMode: "AUTO" },
    enableComments: true,
    numberPrecision: { digits: "16", decimalPlaces: "4", roundingMode: "HALF_EVEN" },
  });
  await client.app.updateAppSettings({
    app,
    name: "設定済み",
    description: "<p>説明</p>",
    theme: "BLUE",
    titleField: { selectionMode: "MANUAL", code: "題" },
  });
  await deploy(client, app);
  expect(await client.app.getAppSettings({ app })).toMatchObject({
    name: "設定済み",
    description: "<p>説明</p>",
    theme: "BLUE",
    titleField: { selectionMode: "MANUAL", code: "題" },
    enableComments: true,
  });
  expect((await client.app.getApp({ id: app })).name).toBe("設定済み");
  const theme = "PINK" as "BLUE";
  expect(await failure(client.app.updateAppSettings({ app, theme }))).toMatchObject({
    code: "CB_VA01",
    errors: { theme: ["Enum値のいずれかでなければなりません。"] },
  });
});

test("settings made from an old revision are refused; discarding brings the live ones back", async ({
  client,
  englishClient,
}) => {
  const app = await makeApp(client, "競合", text("a"));
  const { revision } = await client.app.getFormFields({ app, preview: true });
  await client.app.addFormFields({ app, properties: text("b"), revision });
  expect(await failure(client.app.addFormFields({ app, properties: text("c"), revision }))).toMatchObject({
    status: 409,
    code: "GAIA_CO03",
  });
  await client.app.deployApp({ apps: [{ app }], revert: true });
  await expect
    .poll(async () => Object.keys((await client.app.getFormFields({ app, preview: true })).properties))
    .not.toContain("b");
  expect(await failure(englishClient.app.deployApp({ apps: [{ app }] }))).toEqual({
    status: 403,
    code: "CB_NO02",
    message: "No privilege to proceed.",
  });
});

test("permissions of app and field decide what a user reads", async ({ client, englishClient }) => {
  const app = await makeApp(client, "権限", { ...text("公開"), ...text("内緒") });
  const { id } = await client.record.addRecord({ app, record: values({ 公開: "見える", 内緒: "見えない" }) });
  expect((await englishClient.record.getRecord({ app, id })).record).toHaveProperty("内緒");

  await client.app.updateFieldAcl({
    app,
    rights: [
      {
        code: "内緒",
        entities: [
          { accessibility: "WRITE", entity: { type: "USER", code: "admin" } },
          { accessibility: "NONE", entity: { type: "GROUP", code: "everyone" } },
        ],
      },
    ],
  });
  await deploy(client, app);
  expect((await englishClient.record.getRecord({ app, id })).record).not.toHaveProperty("内緒");
  expect(await failure(englishClient.record.getRecords({ app, query: '内緒 = "見えない"' }))).toMatchObject({
    code: "GAIA_IQ11",
  });
  expect((await client.app.getFieldAcl({ app })).rights).toMatchObject([{ code: "内緒" }]);

  await client.app.updateAppAcl({
    app,
    rights: [
      {
        entity: { type: "USER", code: "admin" },
        appEditable: true,
        recordViewable: true,
        recordAddable: true,
        recordEditable: true,
        recordDeletable: true,
        recordImportable: true,
        recordExportable: true,
      },
      { entity: { type: "GROUP", code: "everyone" } },
    ],
  });
  await deploy(client, app);
  expect(await failure(englishClient.record.getRecord({ app, id }))).toMatchObject({ status: 403, code: "CB_NO02" });
  expect((await client.app.getAppAcl({ app })).rights).toHaveLength(2);
});
