import { IconChevronRight } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useState } from "react";
import type { Fields, LayoutField, LayoutItem, LayoutRow } from "../../../lib/kintone";
import css from "./form.module.css";

type Props = {
  layout: LayoutItem[];
  fields: Fields;
  /** Draws one field; null leaves its place out. */
  draw: (code: string) => ReactNode;
  /** Groups that must be open whatever their setting says, because something in them needs attention. */
  open?: (codes: string[]) => boolean;
};

/** A form as it was laid out: rows of fields with their widths, tables, and groups that fold. */
export function FormLayout({ layout, fields, draw, open }: Props) {
  return (
    <div className={`${css.form} ${css.sized}`}>
      {layout.map((item, i) => {
        const key = item.type === "ROW" ? `row ${i}` : item.code;
        if (item.type === "ROW") return <Row key={key} row={item} draw={draw} />;
        if (item.type === "SUBTABLE") return <div key={key}>{draw(item.code)}</div>;
        const codes = item.layout.flatMap((row) => row.fields.flatMap((f) => f.code ?? []));
        return (
          <Fold
            key={key}
            label={fields[item.code]?.label ?? item.code}
            code={item.code}
            opened={!!fields[item.code]?.openGroup}
            forced={open?.(codes) ?? false}
          >
            <FormLayout layout={item.layout} fields={fields} draw={draw} />
          </Fold>
        );
      })}
    </div>
  );
}

function Row({ row, draw }: { row: LayoutRow; draw: Props["draw"] }) {
  const cells = row.fields.map((f, i) => <Cell key={f.code ?? f.elementId ?? i} field={f} draw={draw} />);
  return <div className={css.row}>{cells}</div>;
}

function Cell({ field, draw }: { field: LayoutField; draw: Props["draw"] }) {
  const size = sizeOf(field);
  if (field.type === "HR") return <hr className={css.rule} style={size} />;
  if (field.type === "SPACER") return <div id={field.elementId || undefined} className={css.spacer} style={size} />;
  if (field.type === "LABEL") {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the server keeps and sends only HTML that it has cleaned
    return <div className={css.label} style={size} dangerouslySetInnerHTML={{ __html: field.label ?? "" }} />;
  }
  const drawn = field.code ? draw(field.code) : null;
  return drawn ? (
    <div className={css.cell} style={size}>
      {drawn}
    </div>
  ) : null;
}

/** Widths are wishes: a cell shrinks rather than leave the screen, and takes the whole width on a phone. */
function sizeOf({ type, size }: LayoutField): CSSProperties {
  const width = Number(size?.width);
  const height = Number(size?.height);
  return {
    ...(width > 0 ? { "--width": `${width}px` } : {}),
    ...(height > 0 && type === "SPACER" ? { minHeight: height } : {}),
  } as CSSProperties;
}

type FoldProps = { label: string; code: string; opened: boolean; forced: boolean; children: ReactNode };

function Fold({ label, code, opened, forced, children }: FoldProps) {
  const [open, setOpen] = useState(opened);
  const shown = open || forced;
  return (
    <section className={css.group} data-field-code={code}>
      <button type="button" className={css.groupHead} aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <IconChevronRight size={16} aria-hidden />
        {label}
      </button>
      {shown && <div className={css.groupBody}>{children}</div>}
    </section>
  );
}
