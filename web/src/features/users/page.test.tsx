import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { screenOf } from "../../test/render";
import { serve } from "../../test/server";
import { UsersPage } from "./page";

const user = (code: string, name: string, valid = true) => ({
  id: code,
  code,
  name,
  email: `${code}@aoba.example`,
  locale: "ja",
  timezone: "Asia/Tokyo",
  valid,
});

const calls = serve({
  "GET /v1/users.json": ({ url }) => ({
    body: {
      users:
        url.searchParams.get("offset") === "0"
          ? Array.from({ length: 100 }, (_, i) => user(`u${i}`, `社員 ${i}`))
          : [user("sato", "佐藤 次郎"), user("tanaka", "田中 三郎", false)],
    },
  }),
  "POST /v1/users.json": () => ({
    status: 400,
    body: { code: "CB_VA01", message: "", errors: { "users[0].code": { messages: ["すでに使われています。"] } } },
  }),
  "PUT /api/v1/users/suspend": () => ({}),
});
const changes = () => calls.filter((c) => !c.route.startsWith("GET"));

test("everybody is read, however many pages that takes, and found by a part of the name", async () => {
  await screenOf(<UsersPage />);
  expect(await screen.findByText("102 人")).toBeVisible();
  await userEvent.type(screen.getByRole("textbox"), "ｓａｔｏ");
  expect(screen.getAllByRole("row")).toHaveLength(2);
  expect(screen.getByText("佐藤 次郎")).toBeVisible();
});

test("someone is suspended only after a question", async () => {
  await screenOf(<UsersPage />);
  await userEvent.type(await screen.findByRole("textbox"), "sato");
  await userEvent.click(await screen.findByRole("button", { name: "佐藤 次郎 さんの操作" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "使用を停止する" }));
  const dialog = await screen.findByRole("dialog", { name: "佐藤 次郎 さんの使用を停止しますか" });
  expect(changes()).toHaveLength(0);
  await userEvent.click(within(dialog).getByRole("button", { name: "使用を停止する" }));
  expect(changes()[0]?.body).toEqual({ code: "sato", suspended: true });
});

test("what the server does not take stands at its input", async () => {
  await screenOf(<UsersPage />);
  await userEvent.click(await screen.findByRole("button", { name: "追加する" }));
  const dialog = await screen.findByRole("dialog", { name: "ユーザーを追加" });
  const add = within(dialog).getByRole("button", { name: "追加する" });
  await userEvent.click(add);
  expect(within(dialog).getByLabelText("名前")).toBeInvalid();
  await userEvent.type(within(dialog).getByLabelText("名前"), "佐藤");
  await userEvent.type(within(dialog).getByLabelText("ログイン名"), "sato");
  await userEvent.type(within(dialog).getByLabelText("はじめのパスワード"), "long-enough");
  await userEvent.click(add);
  expect(await within(dialog).findByText("すでに使われています。")).toBeVisible();
  expect(within(dialog).getByLabelText("ログイン名")).toBeInvalid();
});
