import { TextInput } from "@mantine/core";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

const types = { WEB: "url", MAIL: "email", CALL: "tel" } as const;

export default function LinkEditor(p: EditorProps) {
  return (
    <TextInput
      {...inputProps(p)}
      type={types[p.field.protocol ?? "WEB"]}
      value={textOf(p)}
      onChange={(e) => p.onChange(e.currentTarget.value)}
    />
  );
}
