import { request } from "node:http";
import { json } from "node:stream/consumers";
import { admin } from "../server";
import { clientOf, expect, failure, makeApp, makeToken, passwordHeader, send, test } from "./fixtures";
import { values } from "./orders";

const text = { a: { type: "SINGLE_LINE_TEXT" as const, code: "a", label: "a" } };

/** Asks with these headers and nothing else. */
async function ask(url: string, headers: Record<string, string>, init: RequestInit = {}) {
  const answer = await fetch(url, { ...init, headers });
  const { code, message } = await answer.json();
  return { status: answer.status, code, message, header: answer.headers.get("X-Cybozu-Error") };
}

/** A GET with a JSON body, as kintone's Java and Go clients send all of them; fetch refuses to. */
function getWithBody(url: string, body: object): Promise<unknown> {
  return new Promise((done, failed) => {
    const content = JSON.stringify(body);
    const headers = {
      "X-Cybozu-Authorization": passwordHeader(admin),
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(content),
    };
    const sent = request(url, { method: "GET", headers }, (answer) => json(answer).then(done, failed));
    sent.on("error", failed);
    sent.end(content);
  });
}

test("without credentials, and with wrong ones", async ({ server }) => {
  const url = `${server.url}/k/v1/apps.json`;
  expect(await ask(url, {})).toEqual({
    status: 401,
    code: "CB_AU01",
    message: "ログインしてください。",
    header: "CB_AU01",
  });
  expect(await ask(url, { "Accept-Language": "en" })).toMatchObject({ message: "Please login." });
  const wrong = { status: 401, code: "CB_WA01" };
  const header = (password: string) => ({ "X-Cybozu-Authorization": passwordHeader({ login: "nobody", password }) });
  expect(await ask(url, header("wrong"))).toMatchObject({
    ...wrong,
    message: "ユーザーのパスワード認証に失敗しました。「X-Cybozu-Authorization」ヘッダーの値が正しくありません。",
  });
  expect(await ask(url, { "X-Cybozu-Authorization": "%%%" })).toMatchObject({ status: 401 });
});

test("an API token opens its own app, and only what it may do", async ({ server, client }) => {
  const app = await makeApp(client, "トークン", text);
  const other = await makeApp(client, "別のアプリ", text);
  const viewer = await makeToken(server, client, app, { view: true });
  const writer = await makeToken(server, client, app, { view: true, add: true });
  const adder = clientOf(server, { apiToken: writer });

  const { id } = await adder.record.addRecord({ app, record: values({ a: "トークンから" }) });
  const { record } = await clientOf(server, { apiToken: viewer }).record.getRecord({ app, id });
  expect(record).toMatchObject({ a: { value: "トークンから" }, 作成者: { value: { name: "Administrator" } } });

  const noRight = { status: 403, code: "GAIA_NO01" };
  expect(await failure(adder.record.updateRecord({ app, id, record: values({ a: "x" }) }))).toMatchObject(noRight);
  expect(await failure(adder.record.deleteRecords({ app, ids: [id] }))).toMatchObject(noRight);
  expect(await failure(adder.app.getApps({}))).toMatchObject(noRight);
  expect(await failure(adder.record.getRecords({ app: other }))).toMatchObject({
    status: 400,
    code: "GAIA_IA02",
    message: "指定したAPIトークンは、アプリで生成されたトークンと異なります。",
  });
  const twice = clientOf(server, { apiToken: [viewer, writer] });
  expect(await failure(twice.record.getRecords({ app }))).toMatchObject({ status: 400, code: "GAIA_DA03" });

  const ofOther = await makeToken(server, client, other, { view: true });
  const both = clientOf(server, { apiToken: [viewer, ofOther] });
  expect((await both.record.getRecords({ app })).records).toHaveLength(1);
  expect((await both.record.getRecords({ app: other })).records).toHaveLength(0);

  const { body } = await send(server, "GET", `/api/v1/app/tokens?app=${app}`);
  expect(JSON.stringify(body)).not.toContain(viewer);
});

test("a session needs X-Requested-With, and its token to write", async ({ server, client }) => {
  const app = await makeApp(client, "セッション", text);
  const login = await fetch(`${server.url}/api/v1/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "XMLHttpRequest" },
    body: JSON.stringify(admin),
  });
  expect(login.status).toBe(200);
  const cookies = login.headers.getSetCookie();
  expect(cookies.join()).toMatch(/HttpOnly/i);
  const cookie = cookies.map((c) => c.split(";")[0]).join("; ");
  const ajax = { Cookie: cookie, "X-Requested-With": "XMLHttpRequest" };

  const url = `${server.url}/k/v1/records.json?app=${app}`;
  expect((await fetch(url, { headers: ajax })).status).toBe(200);
  expect((await fetch(url, { headers: { Cookie: cookie } })).status).toBe(401);

  const page = await (await fetch(`${server.url}/k/`, { headers: { Cookie: cookie } })).text();
  const boot = JSON.parse(page.match(/<script[^>]*id="boot"[^>]*>(.*?)<\/script>/s)?.[1] ?? "{}");
  const add = (body: object) =>
    fetch(`${server.url}/k/v1/record.json`, {
      method: "POST",
      headers: { ...ajax, "Content-Type": "application/json" },
      body: JSON.stringify({ app, record: values({ a: "x" }), ...body }),
    });
  expect((await add({ __REQUEST_TOKEN__: boot.csrf })).status).toBe(200);
  expect((await add({})).status).toBeGreaterThanOrEqual(400);
  expect((await add({ __REQUEST_TOKEN__: "guessed" })).status).toBeGreaterThanOrEqual(400);
});

test("parameters of a DELETE arrive in its address, in its body, or in both", async ({ server, client }) => {
  const app = await makeApp(client, "消し方", text);
  const { ids } = await client.record.addRecords({ app, records: ["一", "二", "三"].map((a) => values({ a })) });
  const records = "/k/v1/records.json";
  const stale = await send(server, "DELETE", `${records}?app=${app}&ids[0]=${ids[0]}&revisions[0]=9`);
  expect(stale).toMatchObject({ status: 409, body: { code: "GAIA_CO02" } });
  const inAddress = await send(server, "DELETE", `${records}?app=${app}&ids[0]=${ids[0]}&revisions[0]=1`);
  expect(inAddress).toMatchObject({ status: 200, body: {} });
  const inBody = await send(server, "DELETE", records, { app, ids: [Number(ids[1])], revisions: [null] });
  expect(inBody).toMatchObject({ status: 200, body: {} });
  expect((await client.record.getRecords({ app })).records.map((r) => r.a?.value)).toEqual(["三"]);

  const cursor = await client.record.createCursor({ app });
  const path = `/k/v1/records/cursor.json?id=${cursor.id}`;
  expect(await getWithBody(server.url + path, { id: cursor.id })).toMatchObject({ next: false });
  const other = await client.record.createCursor({ app });
  const closed = await send(server, "DELETE", `/k/v1/records/cursor.json?id=${other.id}`, { id: other.id });
  expect(closed).toMatchObject({ status: 200, body: {} });
});

test("parameters arrive in a GET body and by override as well", async ({ server, client }) => {
  const app = await makeApp(client, "送り方", text);
  const record = values({ a: "x" });
  const added = await send(server, "POST", "/k/v1/record.json", { app: Number(app), record });
  expect(added.body).toEqual({ id: "1", revision: "1" });
  const read = await send(
    server,
    "POST",
    "/k/v1/records.json",
    { app, totalCount: true },
    { "X-HTTP-Method-Override": "GET" },
  );
  expect(read).toMatchObject({ status: 200, body: { totalCount: "1" } });
  const inBody = await getWithBody(`${server.url}/k/v1/records.json`, { app: Number(app), fields: ["a"] });
  expect(inBody).toEqual({ records: [{ a: { type: "SINGLE_LINE_TEXT", value: "x" } }], totalCount: null });
  const removed = await send(server, "DELETE", "/k/v1/records.json", { app, ids: [1] });
  expect(removed).toMatchObject({ status: 200, body: {} });
  expect(removed.headers.get("X-ConcurrencyLimit-Limit")).toBe("100");
  const broken = await fetch(`${server.url}/k/v1/record.json`, {
    method: "POST",
    headers: { "X-Cybozu-Authorization": passwordHeader(admin), "Content-Type": "application/json" },
    body: "{",
  });
  expect({ status: broken.status, code: (await broken.json()).code }).toEqual({ status: 400, code: "CB_IJ01" });
});
