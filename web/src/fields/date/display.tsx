import { formatDate } from "../../lib/dates";
import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

export default function DateDisplay({ value, compact }: DisplayProps) {
  if (typeof value !== "string" || !value) return null;
  return (
    <time dateTime={value} className={compact ? css.clip : undefined}>
      {formatDate(value)}
    </time>
  );
}
