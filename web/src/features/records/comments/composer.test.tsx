import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { screenOf } from "../../../test/render";
import { serve } from "../../../test/server";
import { Composer } from "./composer";

const calls = serve({
  "POST /api/v1/record/comment": () => ({ body: { id: "1" } }),
  "GET /api/v1/users/suggest": () => ({ body: { users: [{ code: "sato", name: "佐藤 次郎" }] } }),
});

test("without a share there is no other lane than the internal one", async () => {
  await screenOf(<Composer app="5" record="7" outside={false} />);
  expect(screen.queryByRole("radio")).toBeNull();
  await userEvent.type(screen.getByRole("textbox", { name: "社内のコメント" }), "原価は出さないで");
  await userEvent.click(screen.getByRole("button", { name: "社内に送る" }));
  expect(calls[0]?.body).toMatchObject({ comment: { text: "原価は出さないで", lane: "internal" } });
});

test("sending outside takes a switch, says so on the button, and goes back inside afterwards", async () => {
  await screenOf(<Composer app="5" record="7" outside />);
  expect(screen.getByRole("radio", { name: "社内" })).toBeChecked();
  await userEvent.click(screen.getByRole("radio", { name: "社外" }));
  await userEvent.type(screen.getByRole("textbox", { name: "社外にも見えるコメント" }), "お届けします");
  await userEvent.click(screen.getByRole("button", { name: "社外に送る" }));
  expect(calls[0]?.body).toMatchObject({ comment: { lane: "shared" } });
  expect(await screen.findByRole("button", { name: "社内に送る" })).toBeVisible();
  expect(screen.getByRole("radio", { name: "社内" })).toBeChecked();
});

test("a person called with @ is mentioned", async () => {
  await screenOf(<Composer app="5" record="7" outside={false} />);
  await userEvent.type(screen.getByRole("textbox"), "@佐");
  await userEvent.click(await screen.findByRole("option", { name: "佐藤 次郎" }));
  await userEvent.type(screen.getByRole("textbox"), "確認を");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(calls.at(-1)?.body).toMatchObject({
    comment: { text: "@佐藤 次郎 確認を", mentions: [{ code: "sato", type: "USER" }] },
  });
});

test("a comment not sent is still there after a reload", async () => {
  const { unmount } = await screenOf(<Composer app="5" record="7" outside={false} />);
  await userEvent.type(screen.getByRole("textbox"), "途中まで");
  unmount();
  await screenOf(<Composer app="5" record="7" outside={false} />);
  expect(screen.getByRole("textbox")).toHaveValue("途中まで");
});
