import { FieldDisplay } from "../../../fields/displays";
import { type FieldProperty, type Fields, isBlank, type RecordData } from "../../../lib/kintone";
import type { App } from "../api";
import { idOf, titleOf } from "../title";
import css from "./list.module.css";

type Props = {
  app: App;
  fields: Fields;
  columns: FieldProperty[];
  records: RecordData[];
  address: (id: string) => string;
};

/** The records on a phone: each a title and the first few fields that have something to say. */
export function RecordCards({ app, fields, columns, records, address }: Props) {
  return (
    <ul className={css.cards}>
      {records.map((record) => {
        const title = titleOf(record, app, fields);
        const told = columns.filter((c) => says(record, c, title)).slice(0, 4);
        return (
          <li key={idOf(record)} data-record={idOf(record)}>
            <a href={address(idOf(record))} className={css.card}>
              <span className={css.cardTitle}>{title}</span>
              <dl className={css.cardFields}>
                {told.map((c) => (
                  <div key={c.code} data-field-code={c.code}>
                    <dt>{c.label}</dt>
                    <dd>
                      <FieldDisplay field={c} value={record[c.code]?.value ?? null} compact />
                    </dd>
                  </div>
                ))}
              </dl>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** True for a field with a value that the card's title does not already tell. */
function says(record: RecordData, column: FieldProperty, title: string): boolean {
  const value = record[column.code]?.value;
  return !isBlank(value) && value !== title && column.type !== "RECORD_NUMBER";
}
