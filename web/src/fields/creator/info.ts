import { IconUserPlus } from "@tabler/icons-react";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconUserPlus,
  operators: choiceOperators,
  filterInput: "people",
  sortable: true,
  width: 140,
};

export default info;
