import { IconAlertTriangle, IconArrowsMove, IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Change } from "../model/changes";
import { type Section, sections } from "../model/draft";
import css from "./publish.module.css";

/** Changes in words, by section. */
export function ChangeList({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <p className={css.none}>{t("designer.noChanges")}</p>;
  return (
    <div className={css.changes}>
      {sections.map((section) => {
        const own = changes.filter((c) => c.section === section);
        return own.length > 0 && <OfSection key={section} section={section} changes={own} />;
      })}
    </div>
  );
}

function OfSection({ section, changes }: { section: Section; changes: Change[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h4 className={css.sectionName}>{t(`designer.section.${section}`)}</h4>
      <ul className={css.list}>
        {changes.map((c) => (
          <Line key={`${c.kind} ${c.key ?? c.what ?? ""}`} change={c} />
        ))}
      </ul>
    </section>
  );
}

const icons = { Added: IconPlus, Removed: IconMinus, Changed: IconPencil, Order: IconArrowsMove };

function Line({ change }: { change: Change }) {
  const { t } = useTranslation();
  const { kind, what = "", type, was, details = [], loses } = change;
  const Icon = Object.entries(icons).find(([end]) => kind.endsWith(end))?.[1] ?? IconPencil;
  const args = { what, type: type ? t(`fields.type.${type}`) : "", was };
  const settings = details.map((d) => t(`designer.setting.${d}`)).join(t("designer.comma"));
  return (
    <li className={css.line} data-loses={loses || undefined}>
      <Icon size={16} aria-hidden />
      <span>
        {t(`designer.change.${kind}`, args)}
        {was && ` ${t("designer.wasNamed", { was })}`}
        {settings && <span className={css.details}>{settings}</span>}
        {loses && (
          <span className={css.loses}>
            <IconAlertTriangle size={14} aria-hidden />
            {t(kind === "fieldRemoved" ? "designer.losesField" : "designer.losesChoice")}
          </span>
        )}
      </span>
    </li>
  );
}
