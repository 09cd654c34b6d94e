import { Checkbox } from "@mantine/core";
import { optionsOf } from "../../lib/kintone";
import { listOf } from "../shared/input";
import { InputGroup } from "../shared/input-group";
import { Options } from "../shared/options";
import type { EditorProps } from "../types";

export default function CheckBoxEditor(p: EditorProps) {
  const chosen = listOf(p);
  const options = optionsOf(p.field);
  const toggle = (option: string, on: boolean) =>
    p.onChange(options.filter((o) => (o === option ? on : chosen.includes(o))));
  return (
    <InputGroup editor={p}>
      <Options align={p.field.align}>
        {options.map((option) => (
          <Checkbox
            key={option}
            label={option}
            error={!!p.error}
            checked={chosen.includes(option)}
            onChange={(e) => toggle(option, e.currentTarget.checked)}
          />
        ))}
      </Options>
    </InputGroup>
  );
}
