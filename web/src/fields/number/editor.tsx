import { TextInput } from "@mantine/core";
import { useState } from "react";
import { formatNumber, plainNumber } from "../../lib/numbers";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

/** A decimal. While it is typed it stays as typed, so that the caret stays too; afterwards it shows its separators. Full width is understood. */
export default function NumberEditor(p: EditorProps) {
  const [typing, setTyping] = useState<string>();
  const { unit, unitPosition, digit } = p.field;
  const mark = unit && <span aria-hidden>{unit}</span>;
  return (
    <TextInput
      {...inputProps(p)}
      inputMode="decimal"
      leftSection={unitPosition === "AFTER" ? undefined : mark}
      rightSection={unitPosition === "AFTER" ? mark : undefined}
      rightSectionPointerEvents="none"
      leftSectionPointerEvents="none"
      styles={{ input: { textAlign: "right" } }}
      value={typing ?? formatNumber(textOf(p), { digit })}
      onChange={(e) => {
        setTyping(e.currentTarget.value);
        p.onChange(plainNumber(e.currentTarget.value));
      }}
      onBlur={() => setTyping(undefined)}
    />
  );
}
