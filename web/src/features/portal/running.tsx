import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../lib/dates";
import { OutsideBadge } from "../../ui/outside-badge";
import { Progress } from "../../ui/progress";
import { failed } from "../../ui/toast";
import { cancelImport, type ExpiringShare, portalQuery, type RunningImport } from "./api";
import css from "./portal.module.css";

/** The files being made into apps right now. */
export function RunningImports({ imports }: { imports: RunningImport[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const cancel = useMutation({
    mutationFn: cancelImport,
    onSuccess: () => cache.invalidateQueries({ queryKey: portalQuery.queryKey }),
    onError: failed,
  });
  if (imports.length === 0) return null;
  return (
    <section>
      <h2 className={css.heading}>{t("portal.imports")}</h2>
      <ul className={css.lines}>
        {imports.map((i) => (
          <li key={i.id}>
            <a href={`/k/create/file?import=${i.id}`}>{i.fileName}</a>
            <Progress
              label={t(`portal.import.${i.state === "queued" ? "queued" : "running"}`)}
              done={i.done}
              total={i.rowCount}
              onCancel={() => cancel.mutate(i.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Records that outsiders will soon no longer see. */
export function ExpiringShares({ shares }: { shares: ExpiringShare[] }) {
  const { t } = useTranslation();
  if (shares.length === 0) return null;
  return (
    <section>
      <h2 className={css.heading}>
        <OutsideBadge label={t("portal.expiring", { count: shares.length })} />
      </h2>
      <ul className={css.lines}>
        {shares.map((s) => (
          <li key={s.id}>
            <a href={`/k/${s.app}/show#record=${s.record}&tab=share`}>{s.title}</a>
            <span className={css.until}>{t("portal.until", { at: formatDateTime(s.expiresAt) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
