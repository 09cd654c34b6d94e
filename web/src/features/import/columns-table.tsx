import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column, ColumnChoice, Import } from "./api";
import { ColumnHead } from "./column-head";
import css from "./import.module.css";

type Props = {
  made: Import;
  choices: ColumnChoice[];
  /** What is wrong with a column, by its index. */
  problems: Map<number, string[]>;
  onChange: (index: number, change: Partial<Omit<ColumnChoice, "index">>) => void;
};

/** A file can have a thousand columns; the browser is given this many at a time. */
const step = 50;

/** The first rows under their columns; on a phone a list of columns with some of their values. */
export function ColumnsTable({ made, choices, problems, onChange }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery("(max-width: 700px)");
  const [count, setCount] = useState(step);
  const furthest = Math.max(-1, ...problems.keys()); // a problem is never hidden
  const shown = made.columns.slice(0, Math.max(count, furthest + 1));
  const head = (column: Column, i: number) => (
    <ColumnHead
      column={column}
      choice={choices[i] as ColumnChoice}
      problems={problems.get(column.index) ?? []}
      onChange={(change) => onChange(column.index, change)}
    />
  );
  const rest = made.columns.length - shown.length;
  return (
    <>
      {phone ? (
        <ul className={css.cards}>
          {shown.map((column, i) => (
            <li key={column.index}>
              {head(column, i)}
              <p className={css.samples}>{column.samples.filter((s) => s !== "").join(" / ")}</p>
            </li>
          ))}
        </ul>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t("import.firstRows")}>
          <table className={css.table}>
            <thead>
              <tr>
                {shown.map((column, i) => (
                  <th key={column.index} scope="col" data-skip={choices[i]?.skip || undefined}>
                    {head(column, i)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {made.rows.map((row, r) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file's rows have nothing but their place
                <tr key={r}>
                  {shown.map((column, i) => (
                    <td
                      key={column.index}
                      title={row[column.index]}
                      data-skip={choices[i]?.skip || undefined}
                      data-number={choices[i]?.type === "NUMBER" || undefined}
                    >
                      {row[column.index]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {rest > 0 && (
        <Button variant="default" mt="sm" onClick={() => setCount(shown.length + step)}>
          {t("import.moreColumns", { count: rest })}
        </Button>
      )}
    </>
  );
}
