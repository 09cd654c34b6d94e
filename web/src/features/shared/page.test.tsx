import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { setBoot } from "../../lib/boot";
import { startI18n } from "../../lib/i18n";
import words from "../../locales/en/outside";
import { SharedPage } from "./page";

/** An EventSource that the test speaks for. */
class Events extends EventTarget {
  static CLOSED = 2;
  static last: Events;
  readyState = 1;
  constructor() {
    super();
    Events.last = this;
  }
  close() {
    this.readyState = Events.CLOSED;
  }
}

type Answer = { status?: number; body?: unknown; retryAfter?: string };
const answers = new Map<string, Answer | Error>();
const sent: { path: string; body: unknown }[] = [];

const record = {
  company: "株式会社青葉",
  title: "机 50台 納品の件",
  fields: [
    { code: "金額", label: "金額", type: "NUMBER", digit: true, unit: "¥", value: "490000" },
    { code: "備考", label: "備考", type: "MULTI_LINE_TEXT", value: "" },
    {
      code: "見積書",
      label: "見積書",
      type: "FILE",
      value: [{ fileKey: "k1", name: "見積書.pdf", contentType: "application/pdf", size: "2048" }],
    },
    {
      code: "明細",
      label: "明細",
      type: "SUBTABLE",
      fields: { 品名: { code: "品名", label: "品名", type: "SINGLE_LINE_TEXT" } },
      value: [{ value: { 品名: { type: "SINGLE_LINE_TEXT", value: "机" } } }],
    },
  ],
  comments: [
    {
      id: "1",
      text: "来週お届けします",
      createdAt: "2026-11-20T09:30:00Z",
      author: { name: "青木", mine: false, company: true },
    },
  ],
  can: { comment: true, download: true },
  expiresAt: "2026-12-20T14:59:00Z",
};

beforeEach(async () => {
  setBoot({ lang: "en", page: "shared" });
  await startI18n("en", async () => words);
  vi.stubGlobal("EventSource", Events);
  sessionStorage.clear();
  answers.clear();
  sent.length = 0;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const path = url.split("?")[0] ?? "";
    if (init.body) sent.push({ path, body: JSON.parse(String(init.body)) });
    const answer = answers.get(path) ?? {};
    if (answer instanceof Error) throw answer;
    const headers = answer.retryAfter ? { "Retry-After": answer.retryAfter } : undefined;
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status ?? 200, headers });
  });
});

const open = () => answers.set("/api/v1/shared", { body: record });

test("shows the company, the title, the fields and the talk", async () => {
  open();
  render(<SharedPage token="t1" />);
  expect(await screen.findByRole("heading", { name: record.title })).toBeVisible();
  expect(screen.getByText("株式会社青葉")).toBeVisible();
  expect(screen.getByText("¥490,000")).toBeVisible();
  expect(screen.getByRole("cell", { name: "机" })).toBeVisible();
  expect(screen.getByRole("link", { name: /見積書.pdf/ })).toHaveAttribute(
    "href",
    "/api/v1/shared/file?token=t1&fileKey=k1",
  );
  expect(screen.getByRole("log")).toHaveTextContent("青木");
  await waitFor(() => expect(document.title).toContain(record.title));
});

test("files are known by name only where they may not be saved", async () => {
  answers.set("/api/v1/shared", { body: { ...record, can: { comment: false, download: false } } });
  render(<SharedPage token="t1" />);
  expect(await screen.findByText("見積書.pdf")).toBeVisible();
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("a closed link takes everything off the page at once, and for good", async () => {
  open();
  const { container } = render(<SharedPage token="t1" />);
  await screen.findByText("¥490,000");
  // The page listens a moment after it shows what it was told.
  await waitFor(() => {
    act(() => void Events.last.dispatchEvent(new Event("closed")));
    expect(screen.getByRole("heading")).toHaveTextContent("no longer available");
  });
  expect(container).not.toHaveTextContent(/青葉|机|490/);
  await waitFor(() => expect(document.title).not.toContain("机"));
  expect(Events.last.readyState).toBe(Events.CLOSED);
});

test("an unknown link says what a closed one says", async () => {
  answers.set("/api/v1/shared", { status: 404 });
  render(<SharedPage token="t1" />);
  expect(await screen.findByRole("heading", { name: /no longer available/ })).toBeVisible();
});

test("the password is asked for; a wrong one and too many tries are told apart", async () => {
  const user = userEvent.setup();
  answers.set("/api/v1/shared", { status: 401 });
  answers.set("/api/v1/shared/unlock", { status: 401 });
  render(<SharedPage token="t1" />);
  const input = await screen.findByLabelText("Password");
  await user.type(input, "wrong{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("The password is wrong.");
  answers.set("/api/v1/shared/unlock", { status: 429, retryAfter: "90" });
  await user.type(input, "{Enter}");
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("about 2 minutes"));
  answers.set("/api/v1/shared/unlock", {});
  open();
  await user.type(input, "{Enter}");
  expect(await screen.findByText("¥490,000")).toBeVisible();
});

test("a message is sent with a name that is asked once; one that fails stays", async () => {
  const user = userEvent.setup();
  open();
  answers.set("/api/v1/shared/comment", new TypeError("offline"));
  render(<SharedPage token="t1" />);
  await user.type(await screen.findByLabelText("Your name"), "山田");
  const text = screen.getByLabelText(/^Message to/);
  await user.type(text, "助かります");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByRole("alert")).toHaveTextContent("could not be sent");
  expect(text).toHaveValue("助かります");

  answers.set("/api/v1/shared/comment", { body: { id: "2" } });
  await user.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(text).toHaveValue(""));
  expect(sent.at(-1)).toEqual({
    path: "/api/v1/shared/comment",
    body: { token: "t1", name: "山田", text: "助かります" },
  });
  expect(screen.getByText("Sent as 山田")).toBeVisible();
  expect(screen.queryByLabelText("Your name")).toBeNull();
});

test("Enter alone begins a line and does not send", async () => {
  const user = userEvent.setup();
  open();
  render(<SharedPage token="t1" />);
  const text = await screen.findByLabelText(/^Message to/);
  await user.type(text, "a{Enter}b");
  expect(text).toHaveValue("a\nb");
  expect(sent).toEqual([]);
});

test("a new comment is fetched when the server says so", async () => {
  open();
  render(<SharedPage token="t1" />);
  await screen.findByText("来週お届けします");
  const more = { ...record.comments[0], id: "2", text: "発送しました" };
  answers.set("/api/v1/shared", { body: { ...record, comments: [...record.comments, more] } });
  act(() => void Events.last.dispatchEvent(new Event("comment")));
  expect(await screen.findByText("発送しました")).toBeVisible();
});
