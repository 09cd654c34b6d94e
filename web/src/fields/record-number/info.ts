import { IconHash } from "@tabler/icons-react";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconHash,
  operators: orderedOperators,
  filterInput: "number",
  sortable: true,
  align: "right",
  width: 116,
};

export default info;
