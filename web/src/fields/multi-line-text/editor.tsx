import { Textarea } from "@mantine/core";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function LinesEditor(p: EditorProps) {
  return (
    <Textarea
      {...inputProps(p)}
      autosize
      minRows={p.compact ? 1 : 4}
      maxRows={24}
      value={textOf(p)}
      onChange={(e) => p.onChange(e.currentTarget.value)}
    />
  );
}
