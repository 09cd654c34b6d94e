import { Icon123 } from "@tabler/icons-react";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: Icon123,
  operators: orderedOperators,
  filterInput: "number",
  sortable: true,
  align: "right",
  width: 120,
  initial: (field) => (typeof field.defaultValue === "string" ? field.defaultValue : ""),
};

export default info;
