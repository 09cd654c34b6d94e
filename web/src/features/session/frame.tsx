import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Lang } from "../../lib/boot";
import { boot } from "../../lib/boot";
import { chooseLanguage } from "./language";
import css from "./session.module.css";

/** The sheet on which login and set-up stand, with the choice of language above it. */
export function SessionFrame({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  return (
    <main className={css.frame}>
      <div className={css.sheet}>
        <div className={css.top}>
          <span className={css.product}>Engawa</span>
          <SegmentedControl
            size="xs"
            aria-label={t("session.language")}
            value={i18n.language}
            onChange={(lang) => void chooseLanguage(lang as Lang)}
            data={[
              { value: "ja", label: "日本語" },
              { value: "en", label: "English" },
            ]}
          />
        </div>
        {boot().site.name && <p className={css.company}>{boot().site.name}</p>}
        <h1>{title}</h1>
        {note && <p className={css.note}>{note}</p>}
        {children}
      </div>
    </main>
  );
}
