import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { screenOf } from "../../../test/render";
import { serve } from "../../../test/server";
import type { HistoryEntry } from "./api";
import { HistoryList } from "./list";

const kinds: HistoryEntry["kind"][] = [
  "create",
  "update",
  "revert",
  "restore",
  "follow",
  "categories",
  "status",
  "assignees",
];
const entries = kinds.map((kind, i) => ({
  revision: String(kinds.length - i),
  at: "2026-04-01T00:00:00Z",
  by: { code: "aoki", name: "青木 花子" },
  kind,
  changes: [],
  action: kind === "status" ? { name: "承認する", from: "申請中", to: "完了", for: null } : undefined,
}));
// An action, as who may not see where the record stands is told of it.
entries.push({ ...entries[6], revision: "0", kind: "status", action: undefined } as (typeof entries)[number]);

let told: HistoryEntry[] = entries;
serve({ "GET /api/v1/record/history": () => ({ body: { entries: told, more: false } }) });

test("every kind of change is told in words", async () => {
  await screenOf(<HistoryList app="5" record="1" revision="8" fields={{}} mayEdit={false} />);
  const words = (await screen.findAllByText(/版/)).map((e) => e.textContent);
  expect(words).toEqual([
    "8 版 · 作成",
    "7 版",
    "6 版 · 以前の版に戻した",
    "5 版 · ごみ箱から戻した",
    "4 版 · コピー元に合わせて更新",
    "3 版 · カテゴリーの削除に合わせて更新",
    "2 版 · アクション「承認する」を実行",
    "1 版 · 作業者を変更",
    "0 版",
  ]);
});

test("a line without person or time shows what else it says", async () => {
  told = [{ revision: "3", kind: "revert", changes: [] }];
  const { container } = await screenOf(<HistoryList app="5" record="1" revision="8" fields={{}} mayEdit />);
  await screen.findByText("3 版 · 以前の版に戻した");
  expect(container.querySelector("li")).toHaveTextContent(/^3 版 · 以前の版に戻したこの版に戻す$/);
  await userEvent.click(screen.getByRole("button", { name: "この版に戻す" }));
  await screen.findByText("項目の値が 3 版のものになります。今の版も履歴に残ります。");
});
