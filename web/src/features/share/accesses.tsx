import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatRecent } from "../../lib/dates";
import { Problem } from "../../ui/errors";
import { accessesQuery } from "./api";
import css from "./share.module.css";

/** Who came by a link and what he did, newest first. */
export function Accesses({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(accessesQuery(id));
  if (error) return <Problem error={error} retry={() => refetch()} />;
  if (!data) return null;
  if (data.length === 0) return <p className={css.soft}>{t("share.noAccesses")}</p>;
  return (
    <ol className={css.accesses} aria-label={t("share.accesses")}>
      {data.map((a, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two accesses can be alike in everything
        <li key={i} data-warn={a.kind === "wrongPassword" || a.kind === "refused" || undefined}>
          <time dateTime={a.at} title={formatDateTime(a.at)}>
            {formatRecent(a.at)}
          </time>
          <span>
            {a.name && <strong>{a.name} </strong>}
            {t(`share.access.${a.kind}`)}
          </span>
          <span className={css.soft}>
            {a.device} {a.ip}
          </span>
        </li>
      ))}
    </ol>
  );
}
