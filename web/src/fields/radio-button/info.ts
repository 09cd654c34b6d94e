import { IconCircleDot } from "@tabler/icons-react";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconCircleDot,
  operators: choiceOperators,
  filterInput: "options",
  sortable: true,
  width: 130,
  initial: (field) => (typeof field.defaultValue === "string" ? field.defaultValue : ""),
};

export default info;
