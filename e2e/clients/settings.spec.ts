import { deploy, expect, failure, makeApp, test } from "./fixtures";
import { values } from "./orders";

const text = (code: string, more = {}) => ({
  [code]: { type: "SINGLE_LINE_TEXT" as const, code, label: code, ...more },
});
const admin = { type: "USER" as const, code: "admin" };

test("scripts are uploaded once, kept, and downloaded again", async ({ client }) => {
  const app = await makeApp(client, "カスタマイズ", text("a"));
  const { fileKey } = await client.file.uploadFile({ file: { name: "a.js", data: "console.log(1)" } });
  await client.app.updateAppCustomize({
    app,
    scope: "ADMIN",
    desktop: {
      js: [
        { type: "URL", url: "https://example.com/a.js" },
        { type: "FILE", file: { fileKey } },
      ],
      css: [],
    },
  });
  await deploy(client, app);
  const live = await client.app.getAppCustomize({ app });
  expect(live).toMatchObject({ scope: "ADMIN", mobile: { js: [], css: [] } });
  const [url, file] = live.desktop.js;
  expect(url).toEqual({ type: "URL", url: "https://example.com/a.js" });
  if (file?.type !== "FILE") throw new Error("no file");
  expect(file.file).toMatchObject({ name: "a.js", size: "14" });
  expect(file.file.fileKey).not.toBe(fileKey);
  const data = await client.file.downloadFile({ fileKey: file.file.fileKey });
  expect(Buffer.from(data).toString()).toBe("console.log(1)");
});

test("actions lead to another app and follow its fields", async ({ client }) => {
  const target = await makeApp(client, "行き先", text("受け取る"));
  const app = await makeApp(client, "出どころ", text("渡す"));
  const { actions } = await client.app.updateAppActions({
    app,
    actions: {
      写す: {
        name: "写す",
        index: 0,
        destApp: { app: target },
        mappings: [{ srcType: "FIELD", srcField: "渡す", destField: "受け取る" }],
        entities: [admin],
      },
    },
  });
  expect(actions.写す?.id).toMatch(/^\d+$/);
  await client.app.updateFormFields({
    app: target,
    properties: { 受け取る: { type: "SINGLE_LINE_TEXT", code: "受取" } },
  });
  await deploy(client, target);
  await deploy(client, app);
  expect((await client.app.getAppActions({ app, lang: "ja" })).actions.写す).toMatchObject({
    destApp: { app: target },
    mappings: [{ srcType: "FIELD", srcField: "渡す", destField: "受取" }],
    entities: [admin],
  });
});

test("notices and notes are set and read back", async ({ client }) => {
  const app = await makeApp(client, "通知", { ...text("a"), 期日: { type: "DATE", code: "期日", label: "期日" } });
  expect(await client.app.getGeneralNotifications({ app })).toMatchObject({
    notifications: [{ entity: { type: "FIELD_ENTITY", code: "作成者" }, commentAdded: true }, {}],
    notifyToCommenter: true,
  });
  await client.app.updateGeneralNotifications({ app, notifications: [{ entity: admin, recordAdded: true }] });
  const targets = [{ entity: admin, includeSubs: false }];
  const perRecord = { filterCond: 'a = "x"', title: "条件", targets };
  await client.app.updatePerRecordNotifications({ app, notifications: [perRecord] });
  const timing = { code: "期日", daysLater: "-1", time: "09:30" };
  await client.app.updateReminderNotifications({
    app,
    timezone: "Asia/Tokyo",
    notifications: [{ timing, filterCond: "", title: "前日", targets }],
  });
  await client.app.updateAdminNotes({ app, content: "<b>注意</b>", includeInTemplateAndDuplicates: true });
  await deploy(client, app);
  expect((await client.app.getGeneralNotifications({ app })).notifications).toHaveLength(1);
  expect((await client.app.getPerRecordNotifications({ app })).notifications).toEqual([perRecord]);
  expect(await client.app.getReminderNotifications({ app })).toMatchObject({
    timezone: "Asia/Tokyo",
    notifications: [{ timing, title: "前日", targets }],
  });
  expect(await client.app.getAdminNotes({ app })).toMatchObject({
    content: "<b>注意</b>",
    includeInTemplateAndDuplicates: true,
  });
});

test("no plug-in is installed", async ({ client }) => {
  const app = await makeApp(client, "プラグイン", text("a"));
  expect((await client.app.getPlugins({ app })).plugins).toEqual([]);
  expect(await failure(client.app.addPlugins({ app, ids: ["none"] }))).toMatchObject({ status: 404 });
  expect((await client.plugin.getPlugins({})).plugins).toEqual([]);
  expect((await client.plugin.getRequiredPlugins({})).plugins).toEqual([]);
  expect(await failure(client.plugin.getApps({ id: "none" }))).toMatchObject({ status: 404 });
});

test("the client keeps the address it was given", ({ server, client }) => {
  expect(client.getBaseUrl()).toBe(server.url);
});

test("everything is searched at once, and apps are counted", async ({ client }) => {
  const app = await makeApp(client, "探す", text("品名"));
  for (const name of ["紺色の糸巻き", "紺色の布"]) {
    await client.record.addRecord({ app, record: values({ 品名: name }) });
  }
  const query = [{ operator: "AND" as const, keywords: ["紺色"] }] satisfies [unknown];
  const scopes = [{ scope: "APP" as const, ids: [app] }];
  const first = await client.search({ query, scopes, limit: 1, sort: { by: "CREATED_AT" } });
  expect(first.hits).toMatchObject([{ type: "RECORD", record: { appId: app, recordTitle: "紺色の布" } }]);
  const pageToken = first.nextPageToken;
  const second = await client.search({ query, scopes, limit: 1, sort: { by: "CREATED_AT" }, pageToken });
  expect(second).toMatchObject({ hits: [{ record: { recordTitle: "紺色の糸巻き" } }], nextPageToken: null });

  const { apps } = await client.app.getStatistics({ limit: 100 });
  expect(apps.find((a) => a.id === app)).toMatchObject({ name: "探す", status: "ACTIVATED", recordCount: "2" });
});
