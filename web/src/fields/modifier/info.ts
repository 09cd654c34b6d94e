import { IconUserEdit } from "@tabler/icons-react";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconUserEdit,
  operators: choiceOperators,
  filterInput: "people",
  sortable: true,
  width: 140,
};

export default info;
