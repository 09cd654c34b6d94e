import { IconBold } from "@tabler/icons-react";
import { longTextOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconBold,
  operators: longTextOperators,
  filterInput: "text",
  width: 240,
  initial: (field) => (typeof field.defaultValue === "string" ? field.defaultValue : ""),
};

export default info;
