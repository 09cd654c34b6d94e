import { IconTable } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconTable,
  operators: [],
  width: 200,
  initial: () => [],
};

export default info;
