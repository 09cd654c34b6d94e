import { TextInput } from "@mantine/core";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function TextEditor(p: EditorProps) {
  return <TextInput {...inputProps(p)} value={textOf(p)} onChange={(e) => p.onChange(e.currentTarget.value)} />;
}
