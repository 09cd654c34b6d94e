import { IconLetterT } from "@tabler/icons-react";
import { textOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconLetterT,
  operators: textOperators,
  filterInput: "text",
  sortable: true,
  width: 200,
  initial: (field) => (typeof field.defaultValue === "string" ? field.defaultValue : ""),
};

export default info;
