import { memo } from "react";
import { FieldDisplay } from "../../../fields/displays";
import { editable, FieldEditor } from "../../../fields/editors";
import { infoOf } from "../../../fields/infos";
import { currentUser } from "../../../lib/boot";
import type { FieldProperty, Value } from "../../../lib/kintone";
import type { Cell, Field } from "../model/form";
import { writeField } from "../model/write";
import css from "./form.module.css";

/** The picture of a type. */
export function PartIcon({ type }: { type: string }) {
  const Icon = infoOf(type)?.icon;
  return Icon ? <Icon size={18} stroke={1.6} aria-hidden className={css.partIcon} /> : null;
}

const nothing = () => {};

/** A field as a new record shows it. It cannot be touched: on the canvas the whole field is one thing. */
export const FieldSample = memo(function FieldSample({ field, compact }: { field: Field; compact?: boolean }) {
  const property = writeField(field);
  return (
    <div inert className={css.sample}>
      {editable(field.type) ? (
        <FieldEditor
          field={property}
          value={startOf(property)}
          onChange={nothing}
          id={`sample-${field.key}`}
          path=""
          errors={{}}
          compact={compact}
        />
      ) : (
        <div className={css.systemSample}>
          <FieldDisplay field={property} value={systemValue(field.type)} />
        </div>
      )}
    </div>
  );
});

function startOf(field: FieldProperty): Value {
  return infoOf(field.type)?.initial?.(field) ?? "";
}

function systemValue(type: string): Value {
  if (type === "RECORD_NUMBER") return "1";
  if (type === "CREATOR" || type === "MODIFIER") return { code: currentUser().code, name: currentUser().name };
  return new Date().toISOString();
}

/** A label, spacer or border. */
export const DecorationSample = memo(function DecorationSample({ cell }: { cell: Cell }) {
  if (cell.type === "HR") return <hr className={css.rule} />;
  if (cell.type === "SPACER") {
    return (
      <div className={css.spacer} style={{ minHeight: cell.height }}>
        {cell.elementId}
      </div>
    );
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned by the server, or written by the editor, which knows no scripts
  return <div inert className={css.labelSample} dangerouslySetInnerHTML={{ __html: cell.label ?? "" }} />;
});
