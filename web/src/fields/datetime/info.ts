import { IconCalendarClock } from "@tabler/icons-react";
import { instant, wallClock } from "../../lib/dates";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconCalendarClock,
  operators: orderedOperators,
  filterInput: "datetime",
  sortable: true,
  width: 200,
  initial: (field) => {
    if (field.defaultNowValue) return instant(wallClock(new Date().toISOString())); // whole minutes
    return typeof field.defaultValue === "string" ? field.defaultValue : "";
  },
};

export default info;
