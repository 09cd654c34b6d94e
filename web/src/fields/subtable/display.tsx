import { useTranslation } from "react-i18next";
import type { TableRow } from "../../lib/kintone";
import { FieldDisplay } from "../displays";
import { infoOf } from "../infos";
import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

/** The rows of a table; in a list only how many there are. */
export default function TableDisplay({ field, value, compact }: DisplayProps) {
  const { t } = useTranslation();
  const rows = (Array.isArray(value) ? value : []) as TableRow[];
  if (compact) return <span>{t("fields.rows", { count: rows.length })}</span>;
  const columns = Object.values(field.fields ?? {});
  return (
    <div className={css.tableScroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.code} scope="col" data-align={infoOf(c.type)?.align} data-field-code={c.code}>
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.id ?? i}>
              {columns.map((c) => (
                <td key={c.code} align={infoOf(c.type)?.align} data-field-code={c.code}>
                  <FieldDisplay field={c} value={row.value[c.code]?.value ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
