import { IconTypography } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconTypography,
  operators: [],
  width: 0,
};

export default info;
