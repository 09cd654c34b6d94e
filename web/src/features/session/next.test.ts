import { expect, test } from "vitest";
import { nextAddress } from "./next";

test.each([
  ["?next=/k/5/?view=3", "", "/k/5/?view=3"],
  ["?next=%2Fk%2F5%2Fshow%23record%3D1", "", "/k/5/show#record=1"],
  ["?next=/k/5/show", "#record=1", "/k/5/show#record=1"],
  ["", "", "/k/"],
  ["?next=https://elsewhere.example/", "", "/k/"],
  ["?next=//elsewhere.example/", "#record=1", "/k/"],
  ["?next=/%5Celsewhere.example/", "", "/k/"],
  ["?next=javascript:alert(1)", "", "/k/"],
])("login leads only to places of this site, down to the record: %s%s", (search, hash, want) => {
  expect(nextAddress(search, hash, "https://aoba.example")).toBe(want);
});
