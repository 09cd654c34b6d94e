import { useTranslation } from "react-i18next";
import { FieldDisplay } from "../../../fields/displays";
import { editable, FieldEditor } from "../../../fields/editors";
import { messagesAt } from "../../../fields/shared/messages";
import type { FieldErrors } from "../../../lib/http";
import type { Fields, LayoutItem, RecordData } from "../../../lib/kintone";
import type { ListedError } from "../../../ui/errors";
import css from "./form.module.css";
import { FormLayout } from "./layout";
import type { Form } from "./state";

type Props = { layout: LayoutItem[]; fields: Fields; form: Form; record?: RecordData };

const idOfField = (code: string) => `field-${code}`;

/** A record as its form lays it out, to be written. record is what is stored, for fields the server fills in. */
export function RecordEdit({ layout, fields, form, record }: Props) {
  const { t } = useTranslation();
  return (
    <FormLayout
      layout={layout}
      fields={fields}
      open={(codes) => codes.some((code) => fieldMessages(form.errors, code).length > 0)}
      draw={(code) => {
        const field = fields[code];
        if (!field) return null;
        const id = idOfField(code);
        const value = form.values[code]?.value ?? null;
        if (!editable(field.type)) {
          const stored = record?.[code];
          return stored ? (
            <div className={css.shown} data-field-code={code}>
              <div className={css.fieldLabel}>{field.label}</div>
              <div className={css.value}>
                <FieldDisplay field={field} value={stored.value} />
              </div>
            </div>
          ) : null;
        }
        const messages = messagesAt(form.errors, `record.${code}`);
        return (
          <div className={css.edited} data-field-code={code} data-invalid={messages.length > 0 || undefined}>
            <label id={`${id}-label`} htmlFor={id} className={field.noLabel ? "visually-hidden" : css.fieldLabel}>
              {field.label}
              {field.required && (
                <span className={css.required} role="img" aria-label={t("records.required")}>
                  {" *"}
                </span>
              )}
            </label>
            <FieldEditor
              field={field}
              value={value}
              onChange={(next) => form.set(code, next)}
              id={id}
              error={messages.join(" ") || undefined}
              path={`record.${code}`}
              errors={form.errors}
            />
          </div>
        );
      }}
    />
  );
}

/** The messages about a field, those in the cells of a table included. */
function fieldMessages(errors: FieldErrors, code: string): string[] {
  return Object.entries(errors).flatMap(([path, { messages }]) =>
    new RegExp(`^record(\\.${plain(code)}|\\[${plain(code)}\\])(\\.|\\[|$)`).test(path) ? messages : [],
  );
}

const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The problems for the list at the top, in the form's order; the focus goes to the first wrong input of a field. */
export function listErrors(errors: FieldErrors, fields: Fields): ListedError[] {
  return Object.values(fields).flatMap((field) => {
    const messages = fieldMessages(errors, field.code);
    if (messages.length === 0) return [];
    const focus = () => {
      const place = document.querySelector(`[data-field-code="${CSS.escape(field.code)}"]`);
      const input =
        place?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? document.getElementById(idOfField(field.code));
      place?.scrollIntoView({ block: "center" });
      input?.focus({ preventScroll: true });
    };
    return { field: field.code, label: field.label, messages: [...new Set(messages)], focus };
  });
}
