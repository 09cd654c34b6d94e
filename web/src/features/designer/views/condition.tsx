import { Button, Input } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formFields } from "../model/write";
import type { Lent } from "../page";
import css from "../sections.module.css";
import { useDesigner } from "../state";
import type { ViewProps } from "./editor";

/** Which records a view shows. */
export function Condition({ view, set, FilterDialog }: ViewProps & Pick<Lent, "FilterDialog">) {
  const { t } = useTranslation();
  const { form } = useDesigner().draft;
  const [open, setOpen] = useState(false);
  const fields = useMemo(() => formFields(form), [form]);
  return (
    <div>
      <Input.Label component="div">{t("designer.condition")}</Input.Label>
      <div className={css.row}>
        {view.filterCond ? (
          <code className={css.code}>{view.filterCond}</code>
        ) : (
          <span className={css.soft}>{t("designer.allRecords")}</span>
        )}
        <Button variant="default" leftSection={<IconFilter size={16} />} onClick={() => setOpen(true)}>
          {t(view.filterCond ? "designer.changeCondition" : "designer.addCondition")}
        </Button>
        {view.filterCond && (
          <Button variant="subtle" leftSection={<IconX size={16} />} onClick={() => set({ filterCond: "" })}>
            {t("designer.clear")}
          </Button>
        )}
      </div>
      <Suspense>
        {open && (
          <FilterDialog
            fields={fields}
            condition={view.filterCond}
            onClose={() => setOpen(false)}
            onApply={(filterCond) => {
              setOpen(false);
              set({ filterCond });
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
