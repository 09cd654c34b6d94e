import { IconSeparatorHorizontal } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconSeparatorHorizontal,
  operators: [],
  width: 0,
};

export default info;
