import { IconPaperclip } from "@tabler/icons-react";
import { longTextOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconPaperclip,
  operators: longTextOperators,
  filterInput: "text",
  width: 200,
  initial: () => [],
};

export default info;
