import { IconListCheck } from "@tabler/icons-react";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconListCheck,
  operators: choiceOperators,
  filterInput: "options",
  width: 160,
  initial: (field) => (Array.isArray(field.defaultValue) ? (field.defaultValue as string[]) : []),
};

export default info;
