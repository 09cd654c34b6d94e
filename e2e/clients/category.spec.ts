// Categories as kintone's own programs meet them: a field of records that they read and cannot write.
import { readFile, writeFile } from "node:fs/promises";
import { deploy, expect, failure, makeApp, send, test } from "./fixtures";
import { password, run } from "./program";

test("categories are read, asked for and exported", async ({ server, client }, info) => {
  const app = await makeApp(client, "備品", {
    品名: { type: "SINGLE_LINE_TEXT", code: "品名", label: "品名", unique: true },
  });
  const { properties } = await client.app.getFormFields({ app });
  const field = { type: "CATEGORY", code: "カテゴリー", label: "カテゴリー" };
  expect(properties.カテゴリー).toEqual({ ...field, enabled: false });

  const categories = { 家具: { index: 0, children: { 机: { index: 0 }, 椅子: { index: 1 } } }, 照明: { index: 1 } };
  const set = await send(server, "PUT", "/api/v1/preview/app/categories", { app, enabled: true, categories });
  expect(set.status).toBe(200);
  await deploy(client, app);
  expect((await client.app.getFormFields({ app })).properties.カテゴリー).toEqual({ ...field, enabled: true });

  await client.record.addRecords({ app, records: [{ 品名: { value: "机1" } }, { 品名: { value: "灯り" } }] });
  const filed = await send(server, "PUT", "/api/v1/record/categories", { app, id: 1, categories: ["照明", "机"] });
  expect(filed.body).toEqual({ revision: "2" });
  const { record } = await client.record.getRecord({ app, id: 1 });
  expect(record.カテゴリー).toEqual({ type: "CATEGORY", value: ["机", "照明"] });
  const { records } = await client.record.getRecords({ app, query: 'カテゴリー in ("机", "椅子")' });
  expect(records.map((r) => r.品名?.value)).toEqual(["机1"]);
  expect(
    await failure(client.record.updateRecord({ app, id: 1, record: { カテゴリー: { value: ["椅子"] } } })),
  ).toMatchObject({ status: 400, code: "GAIA_UN10" });

  const cli = (...args: string[]) =>
    run("@kintone/cli/cli.js", ["record", ...args, "--base-url", server.url, "--app", app, ...password]);
  const exported = await cli("export", "--order-by", "$id asc");
  expect(exported, exported.log).toMatchObject({ code: 0 });
  expect(exported.out).toContain("机1");
  const csv = info.outputPath("stock.csv");
  await writeFile(csv, '"品名"\n"机1"\n"本棚"\n');
  const imported = await cli("import", "--file-path", csv, "--update-key", "品名");
  expect(imported, imported.log).toMatchObject({ code: 0 });
  expect((await client.record.getRecord({ app, id: 1 })).record.カテゴリー?.value).toEqual(["机", "照明"]);

  const types = info.outputPath("stock.d.ts");
  const generated = await run("@kintone/dts-gen/dist/index.js", [
    ...["--base-url", server.url, "--app-id", app, "--type-name", "Stock", "--output", types],
    ...password,
  ]);
  expect(generated, generated.log).toMatchObject({ code: 0 });
  expect(await readFile(types, "utf8")).toContain("品名");
});
