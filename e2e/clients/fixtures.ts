// What the tests of real clients start from: a server of the worker's own, and the official client logged in to it.
import { KintoneRestAPIClient, KintoneRestAPIError } from "@kintone/rest-api-client";
import { test as base, expect } from "../fixtures";
import { admin, type Server } from "../server";

export { expect };

/** A user whose language is English, whatever the request's headers say. */
export const english = { login: "emma", password: "english-words-4410" };

export const test = base.extend<{ client: KintoneRestAPIClient; englishClient: KintoneRestAPIClient }>({
  server: [
    async ({ server }, use) => {
      await addEnglishUser(server);
      await use(server);
    },
    { scope: "worker", timeout: 90_000 },
  ],
  client: ({ server }, use) => use(clientOf(server, { username: admin.login, password: admin.password })),
  englishClient: ({ server }, use) => use(clientOf(server, { username: english.login, password: english.password })),
});

type Auth = NonNullable<ConstructorParameters<typeof KintoneRestAPIClient>[0]>["auth"];

export const clientOf = (server: Server, auth: Auth) => new KintoneRestAPIClient({ baseUrl: server.url, auth });

/** The value of X-Cybozu-Authorization. */
export const passwordHeader = (who: { login: string; password: string }) =>
  Buffer.from(`${who.login}:${who.password}`).toString("base64");

/** Sends JSON as the administrator, for what the official client has no method for. */
export async function send(server: Server, method: string, path: string, body?: unknown, headers = {}) {
  const answer = await fetch(server.url + path, {
    method,
    headers: {
      "X-Cybozu-Authorization": passwordHeader(admin),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function addEnglishUser(server: Server) {
  const there = await send(server, "GET", `/v1/users.json?codes[0]=${english.login}`);
  if (there.body.users?.length > 0) return; // a PostgreSQL database outlives the worker
  const added = await send(server, "POST", "/v1/users.json", {
    users: [
      {
        code: english.login,
        name: "Emma Clarke",
        password: english.password,
        valid: true,
        locale: "en",
        timezone: "Europe/London",
      },
    ],
  });
  if (added.status !== 200) throw new Error(`adding a user: ${JSON.stringify(added)}`);
}

type Fields = Parameters<KintoneRestAPIClient["app"]["addFormFields"]>[0]["properties"];

/** Makes an app with these fields and deploys it; answers its id. */
export async function makeApp(client: KintoneRestAPIClient, name: string, properties: Fields): Promise<string> {
  const { app } = await client.app.addApp({ name });
  await client.app.addFormFields({ app, properties });
  await deploy(client, app);
  return app;
}

/** Makes the preview settings live, and waits until they are. */
export async function deploy(client: KintoneRestAPIClient, app: string) {
  await client.app.deployApp({ apps: [{ app }] });
  await expect.poll(async () => (await client.app.getDeployStatus({ apps: [app] })).apps[0]?.status).toBe("SUCCESS");
}

export interface Rights {
  view?: boolean;
  add?: boolean;
  edit?: boolean;
  delete?: boolean;
  manage?: boolean;
}

/** Makes an API token of an app, live at once. */
export async function makeToken(server: Server, client: KintoneRestAPIClient, app: string, rights: Rights) {
  const made = await send(server, "POST", "/api/v1/app/tokens", { app, note: "real clients", rights });
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 200 });
  await deploy(client, app);
  return made.body.token as string;
}

/** What a request that must fail answered: status, code, message and errors by path. */
export async function failure(request: Promise<unknown>) {
  const error = await request.then(
    (answer) => {
      throw new Error(`expected a failure, got ${JSON.stringify(answer)}`);
    },
    (reason) => reason,
  );
  if (!(error instanceof KintoneRestAPIError)) throw error;
  const { status, code, errors } = error;
  expect(error.id).toMatch(/^[0-9A-Za-z]{20}$/);
  const message = error.message.replace(/^\[\d+\] \[\w+\] /, "").replace(/ \([^()]*\)$/, "");
  expect(message, "words, not the key of words").not.toMatch(/^[\w.]+$/);
  return { status, code, message, ...(errors ? { errors: flat(errors) } : {}) };
}

/** `{path: {messages: [m]}}` as `{path: [m]}`. */
function flat(errors: { [path: string]: { messages: string[] } }) {
  return Object.fromEntries(Object.entries(errors).map(([path, { messages }]) => [path, messages]));
}
