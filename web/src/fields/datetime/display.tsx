import { formatDateTime } from "../../lib/dates";
import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

export default function DateTimeDisplay({ value, compact }: DisplayProps) {
  if (typeof value !== "string" || !value) return null;
  const text = formatDateTime(value);
  return (
    <time dateTime={value} className={compact ? css.clip : undefined} title={compact ? text : undefined}>
      {text}
    </time>
  );
}
