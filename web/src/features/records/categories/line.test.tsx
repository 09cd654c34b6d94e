import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { screenOf } from "../../../test/render";
import { serve } from "../../../test/server";
import { CategoryLine } from "./line";

const below = (name: string, index: number, children = {}) => ({ [name]: { name, index: String(index), children } });
const calls = serve({
  "GET /api/v1/app/categories": () => ({
    body: {
      enabled: true,
      categories: { ...below("照明", 1), ...below("家具", 0, { ...below("椅子", 1), ...below("机", 0) }) },
      revision: "4",
    },
  }),
  "PUT /api/v1/record/categories": () => ({ body: { revision: "8" } }),
});

const line = (mayEdit: boolean, value: string[]) =>
  screenOf(
    <CategoryLine
      app="5"
      record="12"
      revision="7"
      field={{ type: "CATEGORY", code: "カテゴリー", label: "カテゴリー" }}
      data={{ type: "CATEGORY", value }}
      mayEdit={mayEdit}
    />,
  );

test("categories are chosen from the tree, in its order", async () => {
  await line(true, ["照明"]);
  await userEvent.click(screen.getByRole("button", { name: "変更" }));
  const boxes = await screen.findAllByRole("checkbox");
  expect(boxes.map((b) => b.closest("li")?.querySelector("label")?.textContent)).toEqual([
    "家具",
    "机",
    "椅子",
    "照明",
  ]);
  expect(screen.getByRole("checkbox", { name: "照明" })).toBeChecked();
  await userEvent.click(screen.getByRole("checkbox", { name: "照明" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "机" }));
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(screen.queryByRole("checkbox")).toBeNull());
  expect(calls.find((c) => c.route.startsWith("PUT"))?.body).toEqual({
    app: "5",
    id: "12",
    revision: "7",
    categories: ["机"],
  });
});

test("who may not edit the record reads them", async () => {
  await line(false, []);
  expect(screen.getByText("カテゴリー")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});
