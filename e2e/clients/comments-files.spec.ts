import { expect, failure, test } from "./fixtures";
import { makeOrders, values } from "./orders";

test("comments are added, paged and deleted", async ({ client, englishClient }) => {
  const app = await makeOrders(client);
  const { id: record } = await client.record.addRecord({ app, record: values({ 件名: "相談" }) });
  const first = await englishClient.record.addRecordComment({
    app,
    record,
    comment: { text: "Please look", mentions: [{ code: "admin", type: "USER" }] },
  });
  for (let i = 2; i <= 12; i++)
    await client.record.addRecordComment({ app, record, comment: { text: `コメント${i}` } });

  const newest = await client.record.getRecordComments({ app, record });
  expect(newest.comments).toHaveLength(10);
  expect(newest).toMatchObject({ older: true, newer: false });
  expect(newest.comments[0]).toMatchObject({
    text: expect.stringMatching(/^コメント12 ?$/),
    creator: { code: "admin" },
  });

  const oldest = await client.record.getRecordComments({ app, record, order: "asc", limit: 1 });
  expect(oldest).toMatchObject({
    newer: true,
    older: false,
    comments: [
      {
        id: first.id,
        text: expect.stringContaining("Please look"),
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        creator: { code: "emma", name: "Emma Clarke" },
        mentions: [{ code: "admin", type: "USER" }],
      },
    ],
  });

  const remove = (of: typeof client, comment: string) => of.record.deleteRecordComment({ app, record, comment });
  expect(await failure(remove(englishClient, newest.comments[0]!.id))).toMatchObject({ code: "GAIA_RE03" });
  expect(await remove(englishClient, first.id)).toEqual({});
  expect(await failure(remove(englishClient, first.id))).toMatchObject({
    status: 400,
    code: "GAIA_RE02",
    message: "The specified comment does not exist. The comment may have been deleted.",
  });
  expect(await failure(client.record.addRecordComment({ app, record, comment: { text: "" } }))).toMatchObject({
    code: "CB_VA01",
    errors: { "comment.text": ["必須です。"] },
  });
  expect(await failure(client.record.getRecordComments({ app, record: 99 }))).toMatchObject({
    status: 404,
    code: "GAIA_RE01",
  });
});

test("files go up, belong to a record, and come down as they were", async ({ client }) => {
  const app = await makeOrders(client);
  const upload = (name: string, data: string) => client.file.uploadFile({ file: { name, data } });
  const a = await upload("見積書.txt", "税抜 1,200円");
  const b = await upload("b.csv", "a,b\n1,2\n");
  const { id } = await client.record.addRecord({ app, record: values({ 件名: "添付", 添付: [a, b] }) });

  type Attached = { fileKey: string; name: string; contentType: string; size: string };
  const attached = async () => (await client.record.getRecord({ app, id })).record.添付?.value as Attached[];
  const files = await attached();
  expect(files).toMatchObject([
    { name: "見積書.txt", contentType: expect.stringMatching(/^text\/plain/), size: "15" },
    { name: "b.csv", size: "8" },
  ]);
  expect(files[0]!.fileKey).not.toBe(a.fileKey);
  const bytes = await client.file.downloadFile({ fileKey: files[0]!.fileKey });
  expect(Buffer.from(bytes).toString()).toBe("税抜 1,200円");

  const c = await upload("c.txt", "c");
  const keep = { fileKey: files[1]!.fileKey };
  await client.record.updateRecord({ app, id, record: values({ 添付: [keep, c] }) });
  expect((await attached()).map((f) => f.name)).toEqual(["b.csv", "c.txt"]);

  const reuse = client.record.addRecord({ app, record: values({ 件名: "二度目", 添付: [a] }) });
  expect(await failure(reuse)).toMatchObject({ status: 404, code: "GAIA_BL01" });
  // The client asks for bytes and does not read JSON out of them: of an error it knows the status.
  await expect(client.file.downloadFile({ fileKey: "no-such-key" })).rejects.toMatchObject({ status: 404 });
});
