import type { DisplayProps } from "../types";
import css from "./fields.module.css";

/** A value that is its own text: one line in a list, its own lines elsewhere. */
export function TextDisplay({ value, compact }: DisplayProps) {
  const text = typeof value === "string" ? value : "";
  return compact ? (
    <span className={css.clip} title={text}>
      {text}
    </span>
  ) : (
    <span className={css.text}>{text}</span>
  );
}

/** Several chosen options. */
export function ChoicesDisplay({ value, compact }: DisplayProps) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  if (compact) {
    const text = chosen.join(", ");
    return (
      <span className={css.clip} title={text}>
        {text}
      </span>
    );
  }
  return (
    <ul className={css.choices}>
      {chosen.map((c) => (
        <li key={c}>{c}</li>
      ))}
    </ul>
  );
}
