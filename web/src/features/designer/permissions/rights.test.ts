import { expect, test } from "vitest";
import { everyone, newRight, withEntities, withEntity, withVerb } from "./rights";

const aoki = { type: "USER" as const, code: "aoki" };

test("a right brings what it needs, and takes along what needs it", () => {
  const none = { ...newRight(aoki), recordViewable: false, recordAddable: false, recordEditable: false };
  expect(withVerb(none, "recordEditable", true)).toMatchObject({ recordViewable: true, recordEditable: true });
  expect(withVerb(none, "recordImportable", true)).toMatchObject({ recordAddable: true, recordViewable: false });
  const all = withVerb(withVerb(newRight(aoki), "recordDeletable", true), "recordExportable", true);
  expect(withVerb(all, "recordViewable", false)).toMatchObject({
    recordEditable: false,
    recordDeletable: false,
    recordExportable: false,
    recordAddable: true,
  });
});

test("somebody new stands above everybody, and nobody twice", () => {
  const list = withEntity([newRight(everyone)], newRight(aoki));
  expect(list.map((r) => r.entity.code)).toEqual(["aoki", "everyone"]);
  expect(withEntity(list, newRight(aoki))).toBe(list);
});

test("a field's rule without anybody in it is no rule", () => {
  const rule = withEntities([], "原価", [{ accessibility: "NONE", entity: everyone }]);
  expect(rule).toHaveLength(1);
  expect(withEntities(rule, "原価", [])).toEqual([]);
});
