import type { Person } from "../../lib/kintone";
import { inputProps } from "../shared/input";
import { PeopleInput } from "../shared/people-input";
import type { EditorProps } from "../types";

export default function PeopleEditor(p: EditorProps) {
  return (
    <PeopleInput {...inputProps(p)} value={Array.isArray(p.value) ? (p.value as Person[]) : []} onChange={p.onChange} />
  );
}
