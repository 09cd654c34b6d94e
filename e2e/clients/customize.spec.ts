// The programs that put scripts and styles into an app: kintone-customize-uploader, and cli-kintone customize.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { expect, makeApp, test } from "./fixtures";
import { password, run } from "./program";

const text = { a: { type: "SINGLE_LINE_TEXT" as const, code: "a", label: "a" } };
const script = 'console.log("縁側");\n';
const style = "body { color: #123; }\n";

/** Writes a folder as a person who customises an app has it; answers the manifest's path. */
async function project(folder: string, more: object = {}) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "a.js"), script);
  await writeFile(join(folder, "a.css"), style);
  const manifest = {
    scope: "ALL",
    desktop: { js: ["https://example.com/lib.js", "a.js"], css: ["a.css"] },
    mobile: { js: ["a.js"], css: [] },
    ...more,
  };
  await writeFile(join(folder, "customize-manifest.json"), JSON.stringify(manifest));
  return join(folder, "customize-manifest.json");
}

/** What is live in the app: its addresses, and the contents of its files. */
async function live(client: KintoneRestAPIClient, app: string) {
  const { scope, desktop, mobile } = await client.app.getAppCustomize({ app });
  const read = (list: typeof desktop.js) =>
    Promise.all(
      list.map(async (each) => {
        if (each.type === "URL") return each.url;
        return Buffer.from(await client.file.downloadFile({ fileKey: each.file.fileKey })).toString();
      }),
    );
  return { scope, desktop: [await read(desktop.js), await read(desktop.css)], mobile: await read(mobile.js) };
}

const whole = { scope: "ALL", desktop: [["https://example.com/lib.js", script], [style]], mobile: [script] };

test("customize-uploader uploads what its manifest lists, and imports it again", async ({ server, client }, info) => {
  const app = await makeApp(client, "カスタマイズ", text);
  const folder = info.outputPath("uploader");
  const manifest = await project(folder, { app });
  const uploader = (...args: string[]) =>
    run("@kintone/customize-uploader/bin/cli.js", [...args, "--base-url", server.url, ...password], { cwd: folder });
  const uploaded = await uploader(manifest);
  expect(uploaded, uploaded.out + uploaded.log).toMatchObject({ code: 0 });
  expect(await live(client, app)).toEqual(whole);

  const imported = await uploader("import", manifest, "--dest-dir", "back");
  expect(imported, imported.out + imported.log).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, "back/desktop/js/a.js"), "utf8")).toBe(script);
  expect(await readFile(join(folder, "back/desktop/css/a.css"), "utf8")).toBe(style);
  expect(JSON.parse(await readFile(join(folder, "back/customize-manifest.json"), "utf8"))).toMatchObject({
    app,
    scope: "ALL",
    desktop: { js: ["https://example.com/lib.js", "back/desktop/js/a.js"] },
  });
});

test("cli-kintone applies a manifest to one app, exports it, and applies that to another", async ({
  server,
  client,
}, info) => {
  const app = await makeApp(client, "適用", text);
  const folder = info.outputPath("cli");
  const manifest = await project(folder);
  const customize = (...args: string[]) =>
    run("@kintone/cli/cli.js", ["customize", ...args, "--yes", "--base-url", server.url, ...password], { cwd: folder });
  const applied = await customize("apply", "--app", app, "--input", manifest);
  expect(applied, applied.out + applied.log).toMatchObject({ code: 0 });
  expect(await live(client, app)).toEqual(whole);

  const out = join(folder, "exported/customize-manifest.json");
  const exported = await customize("export", "--app", app, "--output", out);
  expect(exported, exported.out + exported.log).toMatchObject({ code: 0 });
  const other = await makeApp(client, "写し", text);
  const again = await customize("apply", "--app", other, "--input", out);
  expect(again, again.out + again.log).toMatchObject({ code: 0 });
  expect(await live(client, other)).toEqual(whole);

  const missing = await customize("apply", "--app", "99999", "--input", manifest);
  expect(missing.code).not.toBe(0);
  expect(missing.log).toContain("[404] [GAIA_AP01]");
});
