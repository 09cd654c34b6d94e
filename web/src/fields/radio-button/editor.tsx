import { Radio } from "@mantine/core";
import { optionsOf } from "../../lib/kintone";
import { groupProps, textOf } from "../shared/input";
import { Options } from "../shared/options";
import type { EditorProps } from "../types";

export default function RadioEditor(p: EditorProps) {
  return (
    <div {...groupProps(p)} role="radiogroup">
      <Options align={p.field.align}>
        {optionsOf(p.field).map((option) => (
          <Radio
            key={option}
            name={p.id}
            label={option}
            error={p.invalid}
            checked={textOf(p) === option}
            onChange={() => p.onChange(option)}
          />
        ))}
      </Options>
    </div>
  );
}
