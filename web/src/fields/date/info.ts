import { IconCalendar } from "@tabler/icons-react";
import { today } from "../../lib/dates";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconCalendar,
  operators: orderedOperators,
  filterInput: "date",
  sortable: true,
  width: 160,
  initial: (field) =>
    field.defaultNowValue ? today() : typeof field.defaultValue === "string" ? field.defaultValue : "",
};

export default info;
