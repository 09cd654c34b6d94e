// kintone-dts-gen writes the types of an app's records; what it writes must compile and say what is in them.
// It tidies its output by ESLint, whose plug-ins refuse our TypeScript: package.json gives them one of their own.
import { readFile, writeFile } from "node:fs/promises";
import { deploy, expect, makeApp, test } from "./fixtures";
import { orderFields } from "./orders";
import { password, run } from "./program";

test("the types of an app with every field type compile", async ({ server, client }, info) => {
  const master = await makeApp(client, "顧客", {
    顧客番号: { type: "SINGLE_LINE_TEXT", code: "顧客番号", label: "顧客番号", unique: true },
    顧客名: { type: "SINGLE_LINE_TEXT", code: "顧客名", label: "顧客名" },
  });
  const { 区分, 用途 } = orderFields;
  const app = await makeApp(client, "全種類", {
    ...orderFields,
    税込: { type: "CALC", code: "税込", label: "税込", expression: "金額 * 1.1" },
    組織: { type: "ORGANIZATION_SELECT", code: "組織", label: "組織" },
    グループ選択: { type: "GROUP_SELECT", code: "グループ選択", label: "グループ選択" },
    顧客名: { type: "SINGLE_LINE_TEXT", code: "顧客名", label: "顧客名" },
    顧客: {
      type: "SINGLE_LINE_TEXT",
      code: "顧客",
      label: "顧客",
      lookup: {
        relatedApp: { app: master },
        relatedKeyField: "顧客番号",
        fieldMappings: [{ field: "顧客名", relatedField: "顧客名" }],
        lookupPickerFields: ["顧客名"],
      },
    },
    取引: {
      type: "REFERENCE_TABLE",
      code: "取引",
      label: "取引",
      referenceTable: {
        relatedApp: { app: master },
        condition: { field: "顧客", relatedField: "顧客番号" },
        displayFields: ["顧客名"],
      },
    },
    枠: { type: "GROUP", code: "枠", label: "枠" },
    表: {
      type: "SUBTABLE",
      code: "表",
      label: "表",
      fields: { 単価: { type: "NUMBER", code: "単価", label: "単価" }, 行の区分: { ...区分, code: "行の区分" } },
    },
    用途の二: { ...用途, code: "用途の二" },
  });
  await client.app.updateProcessManagement({
    app,
    enable: true,
    states: { 未処理: { index: 0 }, 完了: { index: 1 } },
    actions: [{ name: "終える", from: "未処理", to: "完了" }],
  });
  await deploy(client, app);

  const output = info.outputPath("order.d.ts");
  const generate = ["--base-url", server.url, "--app-id", app, "--type-name", "Order", "--output", output];
  const done = await run("@kintone/dts-gen/dist/index.js", [...generate, ...password]);
  expect(done, done.log).toMatchObject({ code: 0 });
  const types = await readFile(output, "utf8");
  for (const code of ["件名", "税込", "組織", "グループ選択", "添付", "明細", "数量", "単価", "$id", "作成者"]) {
    expect(types, code).toContain(code);
  }
  const base = await run("@kintone/dts-gen/dist/index.js", [...generate, "--preview", ...password]);
  expect(base, base.log).toMatchObject({ code: 0 });
  expect(await readFile(output, "utf8"), "what is deployed is what is in preview").toBe(types);

  await writeFile(
    info.outputPath("use.ts"),
    [
      'import "@kintone/dts-gen/kintone";',
      "declare const saved: kintone.types.SavedOrder;",
      "const total: string = saved.税込.value;",
      "const people: { code: string; name: string }[] = saved.担当.value;",
      "const amount: string | undefined = saved.明細.value[0]?.value.数量.value;",
      "const made: string = saved.作成者.value.code;",
      "export default [total, people, amount, made, saved.$id.value, saved.添付.value[0]?.fileKey];",
      "",
    ].join("\n"),
  );
  const strict = ["--noEmit", "--strict", "--module", "ESNext", "--moduleResolution", "Bundler", "--types", ""];
  const compiled = await run("typescript/bin/tsc", [...strict, "--ignoreConfig", output, info.outputPath("use.ts")]);
  expect(compiled, compiled.out).toMatchObject({ code: 0 });
});
