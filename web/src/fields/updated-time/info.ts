import { IconClockEdit } from "@tabler/icons-react";
import { orderedOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconClockEdit,
  operators: orderedOperators,
  filterInput: "datetime",
  sortable: true,
  width: 200,
};

export default info;
