import { Radio } from "@mantine/core";
import { optionsOf } from "../../lib/kintone";
import { textOf } from "../shared/input";
import { InputGroup } from "../shared/input-group";
import { Options } from "../shared/options";
import type { EditorProps } from "../types";

export default function RadioEditor(p: EditorProps) {
  return (
    <InputGroup editor={p} role="radiogroup">
      <Options align={p.field.align}>
        {optionsOf(p.field).map((option) => (
          <Radio
            key={option}
            name={p.id}
            label={option}
            error={!!p.error}
            checked={textOf(p) === option}
            onChange={() => p.onChange(option)}
          />
        ))}
      </Options>
    </InputGroup>
  );
}
