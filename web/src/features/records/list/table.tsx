import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { FieldDisplay } from "../../../fields/displays";
import { infoOf } from "../../../fields/infos";
import { type FieldProperty, isBlank, type RecordData } from "../../../lib/kintone";
import type { Sort } from "../condition/condition";
import { idOf } from "../title";
import css from "./list.module.css";
import { useResize } from "./resize";
import type { Widths } from "./widths";

type Props = {
  columns: FieldProperty[];
  records: RecordData[];
  widths: Widths;
  onWidth: (code: string, width: number) => void;
  sort: Sort | undefined;
  onSort: (code: string) => void;
  /** Index of the row that the keyboard is on; -1 for none. */
  active: number;
  selected: ReadonlySet<string>;
  onSelect?: (ids: ReadonlySet<string>) => void;
  address: (id: string) => string;
};

const rowHeight = 36;

/** The records as a table: sticky head, columns resized by dragging, only the rows in sight drawn. */
export function RecordTable(p: Props) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: p.records.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const { active } = p;
  useEffect(() => {
    if (active >= 0) rows.scrollToIndex(active);
  }, [active, rows]);

  const drawn = rows.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = rows.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  const width = (c: FieldProperty) => p.widths[c.code] ?? infoOf(c.type)?.width ?? 160;
  const total = p.columns.reduce((sum, c) => sum + width(c), p.onSelect ? 40 : 0);
  const all = p.records.length > 0 && p.selected.size === p.records.length;
  const toggle = (id: string) => {
    const next = new Set(p.selected);
    if (!next.delete(id)) next.add(id);
    p.onSelect?.(next);
  };

  return (
    <div ref={scroll} className={css.scroll}>
      <table className={css.table} style={{ width: total }} aria-rowcount={p.records.length + 1}>
        <colgroup>
          {p.onSelect && <col style={{ width: 40 }} />}
          {p.columns.map((c) => (
            <col key={c.code} style={{ width: width(c) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {p.onSelect && (
              <th>
                <Checkbox
                  size="xs"
                  aria-label={t("records.selectAll")}
                  checked={all}
                  indeterminate={p.selected.size > 0 && !all}
                  onChange={() => p.onSelect?.(all ? new Set() : new Set(p.records.map(idOf)))}
                />
              </th>
            )}
            {p.columns.map((c) => (
              <Head key={c.code} column={c} width={width(c)} sort={p.sort} onSort={p.onSort} onWidth={p.onWidth} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {drawn.map(({ index }) => {
            const record = p.records[index];
            return (
              record && (
                <Row
                  key={idOf(record)}
                  record={record}
                  columns={p.columns}
                  index={index}
                  active={index === active}
                  selected={p.selected.has(idOf(record))}
                  onToggle={p.onSelect && toggle}
                  href={p.address(idOf(record))}
                />
              )
            );
          })}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = Pick<Props, "sort" | "onSort" | "onWidth"> & { column: FieldProperty; width: number };

function Head({ column, width, sort, onSort, onWidth }: HeadProps) {
  const { t } = useTranslation();
  const info = infoOf(column.type);
  const grip = useResize(width, (w) => onWidth(column.code, w));
  const sorted = sort?.field === column.code ? (sort.descending ? "descending" : "ascending") : undefined;
  const Arrow = sorted === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={sorted} data-field-code={column.code} data-align={info?.align}>
      {info?.sortable ? (
        <button type="button" className={css.sort} onClick={() => onSort(column.code)} title={column.label}>
          <span>{column.label}</span>
          {sorted && <Arrow size={14} aria-hidden />}
        </button>
      ) : (
        <span className={css.headText} title={column.label}>
          {column.label}
        </span>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves, which <hr> is not */}
      <span
        {...grip}
        className={css.grip}
        role="separator"
        aria-label={t("records.resize", { column: column.label })}
      />
    </th>
  );
}

type RowProps = {
  record: RecordData;
  columns: FieldProperty[];
  index: number;
  active: boolean;
  selected: boolean;
  onToggle?: (id: string) => void;
  href: string;
};

const Row = memo(function Row({ record, columns, index, active, selected, onToggle, href }: RowProps) {
  const { t } = useTranslation();
  const id = idOf(record);
  const opener = columns.findIndex((c) => c.type !== "LINK"); // a link to elsewhere cannot lie within another
  const unnamed = isBlank(record[columns[opener]?.code ?? ""]?.value);
  return (
    <tr
      className={css.row}
      data-record={id}
      data-active={active || undefined}
      aria-selected={selected}
      aria-rowindex={index + 2}
      onClick={(e) => {
        if (
          e.target instanceof Element &&
          !e.target.closest("a, button, input, label") &&
          !getSelection()?.toString()
        ) {
          if (e.ctrlKey || e.metaKey) window.open(href, "_blank", "noopener");
          else location.assign(href);
        }
      }}
    >
      {onToggle && (
        <td>
          <Checkbox
            size="xs"
            aria-label={t("records.select", { id })}
            checked={selected}
            onChange={() => onToggle(id)}
          />
        </td>
      )}
      {columns.map((c, i) => (
        <td key={c.code} data-field-code={c.code}>
          {i === opener ? (
            <a href={href} className={css.open} aria-label={unnamed ? t("records.open", { id }) : undefined}>
              <FieldDisplay field={c} value={record[c.code]?.value ?? null} compact />
            </a>
          ) : (
            <FieldDisplay field={c} value={record[c.code]?.value ?? null} compact />
          )}
        </td>
      ))}
    </tr>
  );
});
