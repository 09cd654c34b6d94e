import { infoOf } from "../../fields/infos";
import type { FieldProperty, TableRow, Value } from "../../lib/kintone";
import css from "./shared.module.css";
import { SharedValue } from "./value";

/**
 * The rows of a table. Where there is no room for columns each row is a card whose values carry their names. The roles
 * are spelled out because the cards' styles would otherwise take them away.
 */
export function SharedTable({ field, value }: { field: FieldProperty; value: Value }) {
  const columns = Object.values(field.fields ?? {});
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table className={css.table} role="table" aria-label={field.label}>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tr role="row">
          {columns.map((c) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <th key={c.code} scope="col" role="columnheader" align={infoOf(c.type)?.align}>
              {c.label}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tbody role="rowgroup">
        {(value as TableRow[]).map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows that are shown do not move
          // biome-ignore lint/a11y/noRedundantRoles: see above
          <tr key={i} role="row">
            {columns.map((c) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <td key={c.code} role="cell" align={infoOf(c.type)?.align} data-label={c.label}>
                <SharedValue field={c} value={row.value[c.code]?.value ?? null} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
