import { IconFold } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconFold,
  operators: [],
  width: 0,
};

export default info;
