import { Button, Popover } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldDisplay } from "../../../fields/displays";
import { type FieldProperty, type FieldValue, isBlank } from "../../../lib/kintone";
import css from "./categories.module.css";

// Reading a record needs no inputs; these come when they are asked for.
const CategoryPicker = lazy(async () => ({ default: (await import("./picker")).CategoryPicker }));

type Props = {
  app: string;
  record: string;
  revision: string;
  field: FieldProperty;
  data: FieldValue;
  mayEdit: boolean;
};

/** The categories a record is in, and the way to change them. They stand on no form, so they stand above it. */
export function CategoryLine({ app, record, revision, field, data, mayEdit }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={css.line} data-field-code={field.code}>
      <span className={css.label}>{field.label}</span>
      {isBlank(data.value) ? (
        <span className={css.blank} role="img" aria-label={t("records.blank")}>
          –
        </span>
      ) : (
        <FieldDisplay field={field} value={data.value} />
      )}
      {mayEdit && (
        <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus width={280}>
          <Popover.Target>
            <Button size="compact-xs" variant="default" onClick={() => setOpen(!open)}>
              {t("records.categories.change")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Suspense>
              <CategoryPicker
                app={app}
                record={record}
                revision={revision}
                label={field.label}
                chosen={Array.isArray(data.value) ? (data.value as string[]) : []}
                onDone={() => setOpen(false)}
              />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
