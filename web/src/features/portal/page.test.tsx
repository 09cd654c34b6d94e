import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { screenOf } from "../../test/render";
import { serve } from "../../test/server";
import { PortalPage } from "./page";

const nothing = { apps: [], drafts: [], unread: 0, expiringShares: [], imports: [] };
const app = { id: "5", name: "受注管理", description: "", updatedAt: "2026-11-20T00:00:00Z", recordCount: "1230" };

let portal: object = nothing;
const calls = serve({
  "GET /api/v1/portal": () => ({ body: portal }),
  "POST /api/v1/import/cancel": () => ({}),
});

test("an empty company is told how to begin", async () => {
  portal = nothing;
  await screenOf(<PortalPage />);
  expect(await screen.findByRole("heading", { name: "最初のアプリを作りましょう" })).toBeVisible();
  expect(screen.getByRole("link", { name: "ファイルからアプリを作る" })).toHaveAttribute("href", "/k/create/file");
  expect(screen.getByRole("link", { name: "はじめから作る" })).toHaveAttribute("href", "/k/admin/app/flow?new=1");
  expect(screen.getByRole("link", { name: "人を追加する" })).toHaveAttribute("href", "/admin/users");
});

test("a starred app stands first, also after a reload", async () => {
  portal = { ...nothing, apps: [app] };
  const { unmount } = await screenOf(<PortalPage />);
  await userEvent.click(await screen.findByRole("button", { name: "受注管理 をお気に入りにする" }));
  expect(screen.getByRole("heading", { name: "お気に入り" })).toBeVisible();
  unmount();
  await screenOf(<PortalPage />);
  expect(await screen.findByRole("heading", { name: "お気に入り" })).toBeVisible();
  expect(screen.getAllByText("1,230 件")).toHaveLength(2);
});

test("what is under way and what runs out is told, and an import can be stopped", async () => {
  portal = {
    ...nothing,
    apps: [app],
    imports: [{ id: "3", fileName: "顧客.csv", state: "running", done: 250, rowCount: 1000, app: null }],
    expiringShares: [{ id: "1", app: "5", record: "12", title: "机 50台", expiresAt: "2026-11-23T00:00:00Z" }],
  };
  await screenOf(<PortalPage />);
  expect(await screen.findByText("1,000 件中 250 件(25%)")).toBeVisible();
  const ending = screen.getByText("期限が近い共有 1 件").closest("section");
  expect(within(ending as HTMLElement).getByRole("link")).toHaveAttribute("href", "/k/5/show#record=12&tab=share");
  await userEvent.click(screen.getByRole("button", { name: "キャンセル" }));
  expect(calls.find((c) => c.route.startsWith("POST"))?.body).toEqual({ id: "3" });
});
