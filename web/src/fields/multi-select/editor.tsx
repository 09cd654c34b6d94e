import { MultiSelect } from "@mantine/core";
import { optionsOf } from "../../lib/kintone";
import { inputProps, listOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function MultiSelectEditor(p: EditorProps) {
  return (
    <MultiSelect {...inputProps(p)} data={optionsOf(p.field)} searchable value={listOf(p)} onChange={p.onChange} />
  );
}
