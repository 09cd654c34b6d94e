import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

export default function RecordNumberDisplay({ value, compact }: DisplayProps) {
  return <span className={compact ? css.number : undefined}>{String(value ?? "")}</span>;
}
