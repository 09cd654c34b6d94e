import { Modal, SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./designer.module.css";
import { formFields, writeLayout } from "./model/write";
import type { Lent } from "./page";
import { useDesigner } from "./state";

/** The form as people will meet it, to be tried out; what is written in it is kept nowhere. */
export function PreviewDialog({ FormPreview, onClose }: Pick<Lent, "FormPreview"> & { onClose: () => void }) {
  const { t } = useTranslation();
  const { form, general } = useDesigner().draft;
  const [width, setWidth] = useState("wide");
  const shown = useMemo(() => ({ fields: formFields(form), layout: writeLayout(form) }), [form]);
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={t("designer.previewOf", { name: general.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={css.previewHead}>
        <p>{t("designer.previewNote")}</p>
        <SegmentedControl
          aria-label={t("designer.previewWidth")}
          value={width}
          onChange={setWidth}
          data={[
            { value: "wide", label: t("designer.previewWide") },
            { value: "phone", label: t("designer.previewPhone") },
          ]}
        />
      </div>
      <div className={css.previewSheet} data-width={width}>
        <FormPreview {...shown} />
      </div>
    </Modal>
  );
}
