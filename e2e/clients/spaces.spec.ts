// Spaces, and the calls about guests, templates and plug-ins, of which there are none.
import { deploy, english, expect, failure, makeApp, send, test } from "./fixtures";
import { values } from "./orders";

const text = { a: { type: "SINGLE_LINE_TEXT" as const, code: "a", label: "a" } };
const user = (code: string, isAdmin: boolean) => ({ entity: { type: "USER" as const, code }, isAdmin });

test("a space is arranged, filled, talked in, and deleted with what is in it", async ({
  server,
  client,
  englishClient,
}) => {
  // kintone has this call in its API Lab, and the client has no method for it.
  const made = await send(server, "POST", "/k/v1/space.json", { name: "総務" });
  const id: string = made.body.id;
  await client.space.updateSpace({ id, name: "総務部", isPrivate: true, useMultiThread: true, showMemberList: false });
  await client.space.updateSpaceBody({ id, body: "<b>ようこそ</b>" });
  const space = await client.space.getSpace({ id });
  expect(space).toMatchObject({
    id,
    name: "総務部",
    isPrivate: true,
    useMultiThread: true,
    isGuest: false,
    body: "<b>ようこそ</b>",
    memberCount: "1",
    showMemberList: false,
    showAppList: true,
    permissions: { createApp: "EVERYONE" },
    attachedApps: [],
    creator: { code: "admin" },
  });

  // Whoever may not see a private space is not told that there is one.
  expect(await failure(englishClient.space.getSpace({ id }))).toMatchObject({ status: 404 });
  await client.space.updateSpaceMembers({ id, members: [user("admin", true), user(english.login, false)] });
  expect((await client.space.getSpaceMembers({ id })).members).toMatchObject([
    { ...user("admin", true), isImplicit: false },
    { ...user(english.login, false), isImplicit: false },
  ]);
  expect(await englishClient.space.getSpace({ id })).toMatchObject({ memberCount: "2" });
  expect(await failure(englishClient.space.updateSpaceBody({ id, body: "x" }))).toMatchObject({ status: 403 });

  const thread = await client.space.addThread({ space: id, name: "備品" });
  await client.space.updateThread({ id: thread.id, name: "備品の相談", body: "椅子など" });
  const comment = await englishClient.space.addThreadComment({
    space: id,
    thread: thread.id,
    comment: { text: "A chair, please", mentions: [{ type: "USER", code: "admin" }] },
  });
  expect(comment.id).toMatch(/^\d+$/);
  const { spaces } = await client.space.getStatistics({ limit: 100 });
  expect(spaces.find((s) => s.id === id)).toMatchObject({
    name: "総務部",
    isPrivate: true,
    isGuest: false,
    memberCount: "2",
    administratorCount: "1",
  });

  const { app } = await client.app.addApp({ name: "備品台帳", space: id });
  await client.app.addFormFields({ app, properties: text });
  await deploy(client, app);
  expect(await client.app.getApp({ id: app })).toMatchObject({ spaceId: id, threadId: space.defaultThread });
  expect((await client.space.getSpace({ id })).attachedApps).toMatchObject([{ appId: app, name: "備品台帳" }]);
  expect((await client.app.getApps({ spaceIds: [id] })).apps.map((a) => a.appId)).toEqual([app]);
  const outside = await makeApp(client, "移るアプリ", text);
  await client.app.move({ app: outside, space: id });
  await client.app.move({ app, space: null });
  expect((await client.app.getApp({ id: outside })).spaceId).toBe(id);
  expect((await client.app.getApp({ id: app })).spaceId).toBeNull();

  expect(await failure(englishClient.space.deleteSpace({ id }))).toMatchObject({ status: 403 });
  await client.record.addRecord({ app: outside, record: values({ a: "x" }) });
  expect(await client.space.deleteSpace({ id })).toEqual({});
  expect(await failure(client.space.getSpace({ id }))).toMatchObject({ status: 404 });
  expect(await failure(client.app.getApp({ id: outside }))).toMatchObject({ status: 404, code: "GAIA_AP01" });
});

test("guests, templates of spaces and plug-ins are refused as they are where they are off", async ({
  server,
  client,
}) => {
  const { body } = await send(server, "POST", "/k/v1/space.json", { name: "社内だけ" });
  const guest = { code: "guest@example.com", name: "Guest", password: "guest-words-1", timezone: "Asia/Tokyo" };
  const off = { status: 403, code: "CB_NO02" };
  expect(await failure(client.space.addGuests({ guests: [guest] }))).toMatchObject(off);
  expect(await failure(client.space.deleteGuests({ guests: [guest.code] }))).toMatchObject(off);
  expect(await failure(client.space.updateSpaceGuests({ id: body.id, guests: [guest.code] }))).toMatchObject(off);
  const template = client.space.addSpaceFromTemplate({ id: 1, name: "写し", members: [user("admin", true)] });
  expect(await failure(template)).toMatchObject({ status: 404 });

  const { fileKey } = await client.file.uploadFile({ file: { name: "plugin.zip", data: "PK" } });
  expect(await failure(client.plugin.installPlugin({ fileKey }))).toMatchObject({ status: 403 });
  expect(await failure(client.plugin.updatePlugin({ id: "none", fileKey }))).toMatchObject({ status: 404 });
  expect(await failure(client.plugin.uninstallPlugin({ id: "none" }))).toMatchObject({ status: 404 });
});
