import { IconMathFunction } from "@tabler/icons-react";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconMathFunction,
  operators: orderedOperators,
  filterInput: "number",
  sortable: true,
  align: "right",
  width: 120,
};

export default info;
