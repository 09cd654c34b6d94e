import type { Person } from "../../lib/kintone";
import { ChoicesDisplay } from "../shared/text";
import type { DisplayProps } from "../types";

/** Organisations or groups by their names. */
export default function NamesDisplay(p: DisplayProps) {
  const chosen = (Array.isArray(p.value) ? p.value : []) as Person[];
  return <ChoicesDisplay {...p} value={chosen.map((c) => c.name || c.code)} />;
}
