import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";
import { linkAddress } from "./address";

export default function LinkDisplay({ field, value, compact }: DisplayProps) {
  const text = typeof value === "string" ? value : "";
  const href = linkAddress(text, field.protocol);
  const look = compact ? css.clip : undefined;
  if (!href) return <span className={look}>{text}</span>;
  return (
    <a className={look} href={href} title={compact ? text : undefined} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
