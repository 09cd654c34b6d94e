import { formatNumber } from "../../lib/numbers";
import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

export default function NumberDisplay({ field, value, compact }: DisplayProps) {
  const text = typeof value === "string" ? formatNumber(value, field) : "";
  return (
    <span className={compact ? `${css.number} ${css.clip}` : undefined} title={compact ? text : undefined}>
      {text}
    </span>
  );
}
