import { FieldDisplay } from "./displays";
import { byType } from "./folder";
import type { Editor, EditorProps } from "./types";

const editors = byType(import.meta.glob<Editor>("./*/editor.tsx", { eager: true, import: "default" }));

/** True for types whose values people enter; the server fills in the others. */
export const editable = (type: string): boolean => editors.has(type);

/** The input for a field's value; a value that cannot be entered, also a text that a formula makes, is shown instead. */
export function FieldEditor(props: EditorProps) {
  const Editor = props.field.expression ? undefined : editors.get(props.field.type);
  return Editor ? <Editor {...props} /> : <FieldDisplay field={props.field} value={props.value} />;
}
