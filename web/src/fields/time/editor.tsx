import { TimeInput } from "@mantine/dates";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function TimeEditor(p: EditorProps) {
  return <TimeInput {...inputProps(p)} value={textOf(p)} onChange={(e) => p.onChange(e.currentTarget.value)} />;
}
