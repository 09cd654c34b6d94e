import { IconClock } from "@tabler/icons-react";
import { wallClock } from "../../lib/dates";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconClock,
  operators: orderedOperators,
  filterInput: "time",
  sortable: true,
  width: 90,
  initial: (field) => {
    if (field.defaultNowValue) return wallClock(new Date().toISOString()).slice(11);
    return typeof field.defaultValue === "string" ? field.defaultValue : "";
  },
};

export default info;
