import { DayInput } from "../shared/date-input";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function DateEditor(p: EditorProps) {
  return <DayInput {...inputProps(p)} value={textOf(p)} onChange={p.onChange} />;
}
