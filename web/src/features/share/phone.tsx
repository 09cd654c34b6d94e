import { IconDeviceMobile } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SharedRecord } from "../../lib/shared";
import { Problem } from "../../ui/errors";
import css from "./share.module.css";
import type { SharedSheetOf } from "./target";

type Props = { sheet: SharedSheetOf; record?: SharedRecord; problem: unknown; empty: boolean };

/** The outsider's page as his phone will show it. */
export function Phone({ sheet: Sheet, record, problem, empty }: Props) {
  const { t } = useTranslation();
  return (
    <section className={css.phonePart} aria-label={t("share.preview")}>
      <p className={css.soft}>
        <IconDeviceMobile size={16} aria-hidden /> {t("share.preview")}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.phone} tabIndex={0}>
        {problem ? <Problem error={problem} /> : null}
        {empty && <p className={css.phoneEmpty}>{t("share.nothingChosen")}</p>}
        {record && (
          <div className={css.screen}>
            <Sheet record={record} />
          </div>
        )}
      </div>
    </section>
  );
}
