import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FieldProperty, TableRow, Value } from "../../lib/kintone";
import { FieldError } from "../../ui/errors";
import { FieldEditor } from "../editors";
import { infoOf } from "../infos";
import css from "../shared/fields.module.css";
import { messagesAt } from "../shared/messages";
import type { EditorProps } from "../types";

/** The rows of a table: each cell its own editor, rows added, copied, moved and removed. */
export default function TableEditor(p: EditorProps) {
  const { t } = useTranslation();
  const columns = Object.values(p.field.fields ?? {});
  const rows = (Array.isArray(p.value) ? p.value : []) as TableRow[];
  const change = (fn: (rows: TableRow[]) => TableRow[]) => p.onChange((old) => fn((old ?? []) as TableRow[]));
  const setCell = (r: number, column: FieldProperty) => (next: Value | ((old: Value) => Value)) =>
    change((all) =>
      all.map((row, i) => {
        if (i !== r) return row;
        const old = row.value[column.code]?.value ?? null;
        const value = typeof next === "function" ? next(old) : next;
        return { ...row, value: { ...row.value, [column.code]: { type: column.type, value } } };
      }),
    );
  return (
    <div id={p.id} tabIndex={-1}>
      <div className={css.tableScroll}>
        <table className={css.table} data-edit>
          <thead>
            <tr>
              {columns.map((c) => (
                <th key={c.code} scope="col" data-align={infoOf(c.type)?.align}>
                  {c.label}
                  {c.required && <span className={css.marked}> *</span>}
                </th>
              ))}
              <th aria-label={t("fields.rowActs")} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={row.id ?? `new ${r}`}>
                {columns.map((c) => {
                  const path = `${p.path}.value[${r}].value.${c.code}`;
                  const messages = messagesAt(p.errors, path);
                  const id = `${p.id}-${r}-${c.code}`;
                  return (
                    <td
                      key={c.code}
                      data-field-code={c.code}
                      align={infoOf(c.type)?.align}
                      style={{ minWidth: infoOf(c.type)?.width }}
                    >
                      <span className={css.cellLabel}>{c.label}</span>
                      <FieldEditor
                        field={c}
                        value={row.value[c.code]?.value ?? null}
                        onChange={setCell(r, c)}
                        id={id}
                        error={messages.join(" ") || undefined}
                        path={path}
                        errors={p.errors}
                        compact
                      />
                    </td>
                  );
                })}
                <td>
                  <RowMenu row={r} last={rows.length - 1} change={change} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FieldError messages={p.error ? [p.error] : undefined} />
      <Button
        variant="subtle"
        size="compact-sm"
        mt={4}
        leftSection={<IconPlus size={16} />}
        onClick={() => change((all) => [...all, emptyRow(columns)])}
      >
        {t("fields.addRow")}
      </Button>
    </div>
  );
}

type RowMenuProps = { row: number; last: number; change: (fn: (rows: TableRow[]) => TableRow[]) => void };

function RowMenu({ row, last, change }: RowMenuProps) {
  const { t } = useTranslation();
  const move = (to: number) =>
    change((all) => {
      const rest = all.filter((_, i) => i !== row);
      const moved = all[row];
      return moved ? [...rest.slice(0, to), moved, ...rest.slice(to)] : all;
    });
  const copy = () => change((all) => all.flatMap((r, i) => (i === row ? [r, { value: structuredClone(r.value) }] : r)));
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("fields.rowMenu", { row: row + 1 })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={16} />} disabled={row === 0} onClick={() => move(row - 1)}>
          {t("fields.rowUp")}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={16} />} disabled={row === last} onClick={() => move(row + 1)}>
          {t("fields.rowDown")}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
          {t("fields.rowCopy")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          onClick={() => change((all) => all.filter((_, i) => i !== row))}
        >
          {t("fields.rowRemove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** A row as it begins: every column's default. */
export function emptyRow(columns: FieldProperty[]): TableRow {
  return {
    value: Object.fromEntries(
      columns.map((c) => [c.code, { type: c.type, value: infoOf(c.type)?.initial?.(c) ?? "" }]),
    ),
  };
}
