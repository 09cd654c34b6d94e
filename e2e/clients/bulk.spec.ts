import { expect, failure, test } from "./fixtures";
import { makeOrders, values } from "./orders";

test("several requests succeed together", async ({ client }) => {
  const app = await makeOrders(client);
  const { results } = await client.bulkRequest({
    requests: [
      { method: "POST", api: "/k/v1/record.json", payload: { app, record: values({ 件名: "一" }) } },
      { method: "POST", api: "/k/v1/records.json", payload: { app, records: [values({ 件名: "二" })] } },
      { method: "PUT", api: "/k/v1/record.json", payload: { app, id: 1, record: values({ 金額: 7 }) } },
      { method: "PUT", api: "/k/v1/records.json", payload: { app, records: [{ id: 2, record: values({ 金額: 8 }) }] } },
      { method: "DELETE", api: "/k/v1/records.json", payload: { app, ids: [1], revisions: [null] } },
    ],
  });
  expect(results).toEqual([
    { id: "1", revision: "1" },
    { ids: ["2"], revisions: ["1"] },
    { revision: "2" },
    { records: [{ id: "2", revision: "2" }] },
    {},
  ]);
});

test("one failure undoes all of them, and the client is told which it was", async ({ client }) => {
  const app = await makeOrders(client);
  const request = client.bulkRequest({
    requests: [
      { method: "POST", api: "/k/v1/record.json", payload: { app, record: values({ 件名: "残らない" }) } },
      { method: "POST", api: "/k/v1/records.json", payload: { app, records: [values({}), values({ 件名: "よい" })] } },
    ],
  });
  const error = await request.catch((reason) => reason);
  expect(error).toMatchObject({
    status: 400,
    code: "CB_VA01",
    bulkRequestIndex: 1,
    errors: { "records[0].件名.value": { messages: ["必須です。"] } },
  });
  expect((await client.record.getRecords({ app, totalCount: true })).totalCount).toBe("0");
});

test("only calls that write records may be in it, and twenty of them", async ({ client }) => {
  const app = await makeOrders(client);
  const add = { method: "POST", api: "/k/v1/record.json", payload: { app, record: values({ 件名: "多" }) } } as const;
  await failure(client.bulkRequest({ requests: Array.from({ length: 21 }, () => add) }));
  await failure(
    client.bulkRequest({ requests: [{ method: "POST", api: "/k/v1/preview/app.json", payload: { name: "x" } }] }),
  );
  await failure(client.bulkRequest({ requests: [{ method: "POST", api: "/k/v1/../../v1/users.json", payload: {} }] }));
  expect((await client.record.getRecords({ app, totalCount: true })).totalCount).toBe("0");
});
