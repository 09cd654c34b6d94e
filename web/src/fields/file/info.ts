import { IconPaperclip } from "@tabler/icons-react";
import type { FileValue } from "../../lib/kintone";
import { longTextOperators } from "../shared/operators";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconPaperclip,
  operators: longTextOperators,
  filterInput: "text",
  width: 200,
  initial: () => [],
  outgoing: (value) => ((value ?? []) as FileValue[]).map(({ fileKey }) => ({ fileKey })),
};

export default info;
