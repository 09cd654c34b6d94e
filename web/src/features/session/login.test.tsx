import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { screenOf } from "../../test/render";
import { serve } from "../../test/server";
import { LoginPage } from "./login";

const calls = serve({
  "POST /api/v1/login": ({ body }) => {
    const { password } = body as { password: string };
    if (password === "locked")
      return { status: 429, body: { code: "X", message: "" }, headers: { "Retry-After": "840" } };
    return { status: 401, body: { code: "CB_WA01", message: "" } };
  },
});

async function enter(password: string) {
  await screenOf(<LoginPage />);
  await userEvent.type(screen.getByLabelText("ログイン名"), " aoki ");
  await userEvent.type(screen.getByLabelText("パスワード"), password);
  await userEvent.click(screen.getByRole("button", { name: "ログイン" }));
}

test("a wrong password is said plainly, and what was typed stays", async () => {
  await enter("wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("ログイン名またはパスワードが違います。");
  expect(screen.getByLabelText("パスワード")).toHaveValue("wrong");
  expect(calls[0]?.body).toEqual({ login: "aoki", password: "wrong" });
});

test("a locked account says for how long", async () => {
  await enter("locked");
  expect(await screen.findByRole("alert")).toHaveTextContent("14 分ほど");
});

test("nothing is sent before both are filled in", async () => {
  await screenOf(<LoginPage />);
  await userEvent.type(screen.getByLabelText("ログイン名"), "aoki{Enter}");
  expect(screen.getByLabelText("パスワード")).toHaveFocus();
  expect(calls).toHaveLength(0);
});

test("the words change to English before login", async () => {
  await screenOf(<LoginPage />);
  await userEvent.click(screen.getByLabelText("English"));
  expect(await screen.findByRole("heading", { name: "Log in" })).toBeVisible();
  expect(document.documentElement.lang).toBe("en");
});
