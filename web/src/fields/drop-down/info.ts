import { IconSelect } from "@tabler/icons-react";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconSelect,
  operators: choiceOperators,
  filterInput: "options",
  sortable: true,
  width: 140,
  initial: (field) => (typeof field.defaultValue === "string" ? field.defaultValue : ""),
};

export default info;
