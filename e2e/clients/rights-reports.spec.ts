// Permissions of records, and reports: who may do what with each record, and what they add up to.
import { deploy, expect, makeApp, test } from "./fixtures";
import { values } from "./orders";

const fields = {
  件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名" },
  金額: { type: "NUMBER", code: "金額", label: "金額" },
} as const;
const admin = { type: "USER" as const, code: "admin" };
const everyone = { type: "GROUP" as const, code: "everyone" };

test("record permissions are kept and evaluated for whoever asks", async ({ client, englishClient }) => {
  const app = await makeApp(client, "記録の権限", fields);
  const { ids } = await client.record.addRecords({
    app,
    records: [values({ 件名: "公開", 金額: 1 }), values({ 件名: "社内", 金額: 2 })],
  });
  const all = { viewable: true, editable: true, deletable: true };
  await client.app.updateRecordAcl({
    app,
    rights: [
      {
        filterCond: '件名 = "公開"',
        entities: [
          { entity: admin, ...all },
          { entity: everyone, viewable: true, editable: false, deletable: false },
        ],
      },
    ],
  });
  expect((await client.app.getRecordAcl({ app, preview: true })).rights).toHaveLength(1);
  expect((await client.app.getRecordAcl({ app })).rights).toEqual([]);
  await deploy(client, app);
  expect((await client.app.getRecordAcl({ app })).rights).toEqual([
    {
      filterCond: '件名 = "公開"',
      entities: [
        { entity: admin, includeSubs: false, ...all },
        { entity: everyone, includeSubs: false, viewable: true, editable: false, deletable: false },
      ],
    },
  ]);
  const seen = await englishClient.app.evaluateRecordsAcl({ app, ids });
  expect(seen.rights).toMatchObject([
    {
      id: ids[0],
      record: { viewable: true, editable: false, deletable: false },
      fields: { 金額: { viewable: true, editable: false } },
    },
    { id: ids[1], record: all, fields: { 金額: { viewable: true, editable: true } } },
  ]);
  expect((await client.app.evaluateRecordsAcl({ app, ids })).rights.map((r) => r.record)).toEqual([all, all]);
});

test("reports are made, renamed and removed", async ({ client }) => {
  const app = await makeApp(client, "集計", fields);
  const report = {
    chartType: "COLUMN" as const,
    chartMode: "NORMAL" as const,
    name: "件名ごと",
    index: 0,
    groups: [{ code: "件名" }],
    aggregations: [{ type: "SUM" as const, code: "金額" }],
    filterCond: "金額 > 0",
    sorts: [{ by: "TOTAL" as const, order: "DESC" as const }],
  };
  const made = await client.app.updateReports({ app, reports: { 件名ごと: report } });
  await deploy(client, app);
  expect((await client.app.getReports({ app })).reports).toEqual({
    件名ごと: expect.objectContaining({ ...report, index: "0", id: made.reports.件名ごと?.id, periodicReport: null }),
  });
  const renamed = await client.app.updateReports({ app, reports: { 件名ごと: { ...report, name: "合計" } } });
  expect(Object.values(renamed.reports)).toEqual([made.reports.件名ごと]);
  expect(Object.keys((await client.app.getReports({ app, preview: true })).reports)).toEqual(["合計"]);
  await client.app.updateReports({ app, reports: {} });
  expect((await client.app.getReports({ app, preview: true })).reports).toEqual({});
  expect(Object.keys((await client.app.getReports({ app })).reports)).toEqual(["件名ごと"]);
});
