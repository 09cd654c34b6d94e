import { IconUsers } from "@tabler/icons-react";
import { boot } from "../../lib/boot";
import type { Entity, Person } from "../../lib/kintone";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

/** A default is a list of users, or LOGINUSER() for whoever makes the record. */
function initial(defaults: Entity[]): Person[] {
  const { user } = boot();
  return defaults.flatMap((d) => {
    if (d.type === "USER") return { code: d.code, name: d.code };
    return d.code === "LOGINUSER()" && user ? { code: user.code, name: user.name } : [];
  });
}

const info: FieldInfo = {
  icon: IconUsers,
  operators: choiceOperators,
  filterInput: "people",
  width: 160,
  initial: (field) => initial(Array.isArray(field.defaultValue) ? (field.defaultValue as Entity[]) : []),
  outgoing: (value) => ((value ?? []) as Person[]).map(({ code }) => ({ code })),
};

export default info;
