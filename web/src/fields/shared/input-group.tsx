import type { ReactNode } from "react";
import { FieldError } from "../../ui/errors";
import type { EditorProps } from "../types";

type Props = { editor: EditorProps; role?: "group" | "radiogroup"; children: ReactNode };

/** Several inputs that make up one value: named by the field's label, which no single one of them is, and by its error. */
export function InputGroup({ editor: p, role = "group", children }: Props) {
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name
    <div
      id={p.id}
      role={role}
      tabIndex={-1}
      aria-labelledby={p.compact ? undefined : `${p.id}-label`}
      aria-label={p.compact ? p.field.label : undefined}
      aria-describedby={p.error ? `${p.id}-error` : undefined}
    >
      {children}
      <FieldError id={`${p.id}-error`} messages={p.error ? [p.error] : undefined} />
    </div>
  );
}
