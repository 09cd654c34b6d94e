import { Select } from "@mantine/core";
import { t } from "../../lib/i18n";
import { optionsOf } from "../../lib/kintone";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

export default function DropDownEditor(p: EditorProps) {
  return (
    <Select
      {...inputProps(p)}
      data={optionsOf(p.field)}
      searchable={optionsOf(p.field).length > 8}
      clearButtonProps={{ "aria-label": t("common.clear") }}
      clearable={!p.field.required}
      value={textOf(p) || null}
      onChange={(v) => p.onChange(v ?? "")}
    />
  );
}
