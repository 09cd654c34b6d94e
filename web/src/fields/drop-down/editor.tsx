import { Select } from "@mantine/core";
import { optionsOf } from "../../lib/kintone";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function DropDownEditor(p: EditorProps) {
  return (
    <Select
      {...inputProps(p)}
      data={optionsOf(p.field)}
      searchable={optionsOf(p.field).length > 8}
      clearable={!p.field.required}
      value={textOf(p) || null}
      onChange={(v) => p.onChange(v ?? "")}
    />
  );
}
