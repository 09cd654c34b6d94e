import { IconProgressCheck } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconProgressCheck,
  operators: [],
  sortable: true,
  width: 130,
};

export default info;
