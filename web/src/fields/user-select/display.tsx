import type { Person } from "../../lib/kintone";
import { PersonChip } from "../../ui/person";
import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

/** One person or several, each as picture and name. */
export default function PeopleDisplay({ value, compact }: DisplayProps) {
  const people = (value ? [value].flat() : []) as Person[];
  return (
    <span className={css.people} data-compact={compact || undefined}>
      {people
        .filter((p) => p.name || p.code)
        .map((p) => (
          <PersonChip key={p.code} name={p.name || p.code} outside={p.code.startsWith("guest/")} />
        ))}
    </span>
  );
}
