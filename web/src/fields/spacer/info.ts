import { IconSpace } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconSpace,
  operators: [],
  width: 0,
};

export default info;
