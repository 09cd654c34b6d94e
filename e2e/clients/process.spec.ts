import { admin } from "../server";
import { deploy, english, expect, failure, makeApp, test } from "./fixtures";

const fields = {
  件名: { type: "SINGLE_LINE_TEXT", code: "件名", label: "件名" },
  金額: { type: "NUMBER", code: "金額", label: "金額" },
} as const;

const user = (code: string) => ({ entity: { type: "USER" as const, code }, includeSubs: false });

const states = {
  申請: { index: 0, name: "申請", assignee: { type: "ONE" as const, entities: [] } },
  承認待ち: { index: 1, name: "承認待ち", assignee: { type: "ONE" as const, entities: [user(english.login)] } },
  完了: { index: 2, name: "完了", assignee: { type: "ANY" as const, entities: [] } },
};

test("a process is set up, deployed and gone through", async ({ client, englishClient }) => {
  const app = await makeApp(client, "申請書", fields);
  expect(await client.app.getProcessManagement({ app })).toMatchObject({ enable: false, states: null, actions: null });
  await client.app.updateProcessManagement({
    app,
    enable: true,
    states,
    actions: [
      { name: "申請する", from: "申請", to: "承認待ち", filterCond: "金額 > 0" },
      { name: "承認", from: "承認待ち", to: "完了" },
    ],
  });
  await deploy(client, app);
  const { enable, actions } = await client.app.getProcessManagement({ app });
  expect(enable).toBe(true);
  expect(actions).toEqual([
    { name: "申請する", from: "申請", to: "承認待ち", filterCond: "金額 > 0", type: "PRIMARY" },
    { name: "承認", from: "承認待ち", to: "完了", filterCond: "", type: "PRIMARY" },
  ]);

  const { id } = await client.record.addRecord({ app, record: { 金額: { value: 0 } } });
  const ask = () => client.record.updateRecordStatus({ app, id, action: "申請する", assignee: english.login });
  expect(await failure(ask())).toMatchObject({ status: 400, code: "GAIA_IL03" }); // its condition does not hold
  await client.record.updateRecord({ app, id, record: { 金額: { value: 5 } } });
  expect(await ask()).toEqual({ revision: "4" });
  const { record } = await client.record.getRecord({ app, id });
  expect(record.ステータス).toEqual({ type: "STATUS", value: "承認待ち" });
  expect(record.作業者).toEqual({ type: "STATUS_ASSIGNEE", value: [{ code: english.login, name: "Emma Clarke" }] });

  const approve = { app, id, action: "承認" };
  expect(await failure(client.record.updateRecordStatus(approve))).toMatchObject({ status: 403, code: "GAIA_NT01" });
  expect(await englishClient.record.updateRecordsStatus({ app, records: [{ id, action: "承認" }] })).toEqual({
    records: [{ id, revision: "6" }],
  });
  expect(await failure(englishClient.record.updateRecordStatus(approve))).toMatchObject({
    code: "GAIA_IL03",
    message: "Failed to update the status. The settings or the status itself may have been changed by someone.",
  });

  expect(await client.record.updateRecordAssignees({ app, id, assignees: [admin.login] })).toEqual({ revision: "7" });
  const mine = await client.record.getRecords({ app, query: "作業者 in (LOGINUSER())" });
  expect(mine.records.map((r) => r.$id?.value)).toEqual([id]);
});
