import { IconUserCheck } from "@tabler/icons-react";
import { choiceOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconUserCheck,
  operators: choiceOperators,
  filterInput: "people",
  width: 140,
};

export default info;
