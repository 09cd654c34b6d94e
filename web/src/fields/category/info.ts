import { IconCategory } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconCategory,
  operators: [],
  width: 160,
};

export default info;
