import { byType } from "./folder";
import type { Display, DisplayProps } from "./types";

// Plain HTML without the UI kit, because outsiders' pages show fields too.
const displays = byType(import.meta.glob<Display>("./*/display.tsx", { eager: true, import: "default" }));

/** A field's value as people read it. Shows nothing for types that have no value. */
export function FieldDisplay(props: DisplayProps) {
  const Display = displays.get(props.field.type);
  return Display ? <Display {...props} /> : null;
}
