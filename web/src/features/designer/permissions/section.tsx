import { useTranslation } from "react-i18next";
import css from "../sections.module.css";
import { AppRights } from "./app-rights";
import { FieldRights } from "./field-rights";

/** Who may do what with the app, its records and single fields. */
export function PermissionsSection() {
  const { t } = useTranslation();
  return (
    <div className={css.page}>
      <div className={css.stack}>
        <h2>{t("designer.appRights")}</h2>
        <p className={css.soft}>{t("designer.appRightsNote")}</p>
        <AppRights />
        <h2>{t("designer.fieldRights")}</h2>
        <p className={css.soft}>{t("designer.fieldRightsNote")}</p>
        <FieldRights />
      </div>
    </div>
  );
}
