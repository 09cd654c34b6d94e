// cli-kintone, as it is installed from npm, run as a program.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Server } from "../server";
import { deploy, expect, makeToken, test } from "./fixtures";
import { makeOrders, pick, values } from "./orders";
import { password, run } from "./program";

/** Runs `cli-kintone record …`. */
const cli = (server: Server, ...args: string[]) =>
  run("@kintone/cli/cli.js", ["record", ...args, "--base-url", server.url]);

test("import, export and delete, with a table and attachments", async ({ server, client }, info) => {
  const app = await makeOrders(client);
  const attachments = info.outputPath("attachments");
  await mkdir(attachments, { recursive: true });
  await writeFile(join(attachments, "見積.txt"), "税込 1,320円");
  const csv = info.outputPath("orders.csv");
  await writeFile(
    csv,
    [
      '"*","番号","件名","備考","金額","区分","状態","用途","受注日","時刻","日時","担当","添付","明細","品名","数量"',
      '*,"C-1","机と椅子","一行目\n二行目","1320","継続","受注","社内\n社外","2026/04/01","09:30","2026-04-01T00:30:00Z","admin","見積.txt",,"机","1"',
      ',"C-1","机と椅子","一行目\n二行目","1320","継続","受注","社内\n社外","2026/04/01","09:30","2026-04-01T00:30:00Z","admin","見積.txt",,"椅子","4"',
      '*,"C-2","書棚",,"900","新規","商談中",,,,,,,,,',
      "",
    ].join("\n"),
  );
  const imported = await cli(
    server,
    "import",
    "--app",
    app,
    "--file-path",
    csv,
    "--attachments-dir",
    attachments,
    ...password,
  );
  expect(imported, imported.log).toMatchObject({ code: 0 });
  const { records } = await client.record.getRecords({ app, query: "order by $id asc" });
  expect(records.map((r) => pick(r, "番号", "件名", "備考", "金額", "用途"))).toEqual([
    { 番号: "C-1", 件名: "机と椅子", 備考: "一行目\n二行目", 金額: "1320", 用途: ["社内", "社外"] },
    { 番号: "C-2", 件名: "書棚", 備考: "", 金額: "900", 用途: [] },
  ]);
  expect(records[0]?.明細?.value).toMatchObject([
    { value: { 品名: { value: "机" }, 数量: { value: "1" } } },
    { value: { 品名: { value: "椅子" }, 数量: { value: "4" } } },
  ]);

  const exported = info.outputPath("exported");
  const token = await makeToken(server, client, app, { view: true, add: true, edit: true, delete: true });
  const out = await cli(server, "export", "--app", app, "--api-token", token, "--attachments-dir", exported);
  expect(out, out.log).toMatchObject({ code: 0 });
  const [header] = out.out.split("\n");
  expect(header).toContain('"レコード番号"');
  expect(header).toContain('"明細","品名","数量","納品"');
  expect(out.out).toContain('"一行目\n二行目"');
  const file = out.out.match(/"(添付-1[^"]*見積\.txt)"/)?.[1] ?? "not exported";
  expect(await readFile(join(exported, file), "utf8")).toBe("税込 1,320円");

  const some = await cli(
    server,
    ...["export", "--app", app, "--fields", "番号,金額", "--condition", "金額 > 100", "--order-by", "金額 asc"],
    ...password,
  );
  expect(some.out.trim().split("\n")).toEqual(['"番号","金額"', '"C-2","900"', '"C-1","1320"']);

  const change = info.outputPath("change.csv");
  await writeFile(change, '"番号","件名"\n"C-2","書棚（大）"\n"C-3","新しい棚"\n');
  const upserted = await cli(
    server,
    "import",
    "--app",
    app,
    "--file-path",
    change,
    "--update-key",
    "番号",
    "--api-token",
    token,
  );
  expect(upserted, upserted.log).toMatchObject({ code: 0 });
  const after = await client.record.getRecords({ app, query: "order by $id asc" });
  expect(after.records.map((r) => r.件名?.value)).toEqual(["机と椅子", "書棚（大）", "新しい棚"]);
  expect(after.records[1]?.$revision?.value).toBe("2");

  const doomed = info.outputPath("doomed.csv");
  await writeFile(doomed, '"レコード番号"\n"1"\n');
  const one = await cli(server, "delete", "--app", app, "--file-path", doomed, "--api-token", token, "--yes");
  expect(one, one.log).toMatchObject({ code: 0 });
  expect((await client.record.getRecords({ app })).records).toHaveLength(2);
  const all = await cli(server, "delete", "--app", app, "--api-token", token, "--yes");
  expect(all, all.log).toMatchObject({ code: 0 });
  expect((await client.record.getRecords({ app })).records).toHaveLength(0);
});

test("the record number is an update key, and a row without one is added", async ({ server, client }, info) => {
  const app = await makeOrders(client);
  await client.record.addRecord({ app, record: values({ 件名: "前" }) });
  await deploy(client, app);
  const csv = info.outputPath("numbers.csv");
  await writeFile(csv, '"レコード番号","件名"\n"1","後"\n"","新規"\n');
  const done = await cli(
    server,
    "import",
    "--app",
    app,
    "--file-path",
    csv,
    "--update-key",
    "レコード番号",
    ...password,
  );
  expect(done, done.log).toMatchObject({ code: 0 });
  const { records } = await client.record.getRecords({ app, query: "order by $id asc", fields: ["件名"] });
  expect(records.map((r) => r.件名?.value)).toEqual(["後", "新規"]);
});

test("more rows than one request carries, in Shift_JIS", async ({ server, client }, info) => {
  const app = await makeOrders(client);
  const csv = info.outputPath("many.csv");
  const shiftJISTable = Buffer.from([0x95, 0x5c]); // 表, whose second byte is a backslash in ASCII
  const subject = Buffer.from([0x8c, 0x8f, 0x96, 0xbc]); // 件名
  const rows = Array.from({ length: 250 }, (_, i) => [Buffer.from('"'), shiftJISTable, Buffer.from(`${i}"\n`)]).flat();
  await writeFile(csv, Buffer.concat([Buffer.from('"'), subject, Buffer.from('"\n'), ...rows]));
  const done = await cli(server, "import", "--app", app, "--file-path", csv, "--encoding", "sjis", ...password);
  expect(done, done.log).toMatchObject({ code: 0 });
  const page = await client.record.getRecords({ app, query: '件名 = "表249"', totalCount: true });
  expect(page.totalCount).toBe("1");
});

test("what the server refuses is said, and the program fails", async ({ server, client }, info) => {
  const app = await makeOrders(client);
  const csv = info.outputPath("wrong.csv");
  await writeFile(csv, '"件名","金額"\n"よい","1"\n"悪い","多い"\n');
  const wrong = await cli(server, "import", "--app", app, "--file-path", csv, ...password);
  expect(wrong.code).not.toBe(0);
  expect(wrong.log).toContain("[400] [CB_VA01]");
  expect((await client.record.getRecords({ app })).records).toHaveLength(0);

  const nobody = await cli(server, "export", "--app", app, "--username", "admin", "--password", "wrong-password");
  expect(nobody.code).not.toBe(0);
  expect(nobody.log).toContain("[401] [CB_WA01]");
  const viewer = await makeToken(server, client, app, { view: true });
  const refused = await cli(server, "import", "--app", app, "--file-path", csv, "--api-token", viewer);
  expect(refused.log).toContain("[403] [GAIA_NO01]");
  const missing = await cli(server, "export", "--app", "99999", ...password);
  expect(missing.log).toContain("[404] [GAIA_AP01]");
});
