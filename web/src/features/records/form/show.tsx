import { useTranslation } from "react-i18next";
import { FieldDisplay } from "../../../fields/displays";
import { type Fields, isBlank, type LayoutItem, type RecordData } from "../../../lib/kintone";
import css from "./form.module.css";
import { FormLayout } from "./layout";

/** A record as its form lays it out, to be read. */
export function RecordShow({ layout, fields, record }: { layout: LayoutItem[]; fields: Fields; record: RecordData }) {
  const { t } = useTranslation();
  return (
    <FormLayout
      layout={layout}
      fields={fields}
      draw={(code) => {
        const field = fields[code];
        const data = record[code];
        if (!field || !data) return null;
        return (
          <div className={css.shown} data-field-code={code}>
            <div className={field.noLabel ? "visually-hidden" : css.fieldLabel}>{field.label}</div>
            <div className={css.value}>
              {isBlank(data.value) ? (
                <span className={css.blank} role="img" aria-label={t("records.blank")}>
                  –
                </span>
              ) : (
                <FieldDisplay field={field} value={data.value} />
              )}
            </div>
          </div>
        );
      }}
    />
  );
}
