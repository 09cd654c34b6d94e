import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatCount } from "../../lib/numbers";
import { PageHeader } from "../../ui/page";
import { Progress } from "../../ui/progress";
import { failed } from "../../ui/toast";
import { cancelImport, type Import, importQuery } from "./api";
import css from "./import.module.css";
import { restOf, usePace } from "./pace";
import { Rejects } from "./rejects";

/** An app being filled: how far, how fast, how long still, and what was not taken so far. */
export function Running({ made }: { made: Import }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const pace = usePace(made.done, made.rowCount);
  const rest = pace && restOf(pace.secondsLeft);
  const cancel = useMutation({
    mutationFn: () => cancelImport(made.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: importQuery(made.id).queryKey }),
    onError: failed,
  });
  return (
    <>
      <PageHeader title={t("import.runningTitle", { name: made.appName ?? made.fileName })} />
      <div className={css.sheet}>
        <Progress
          label={t(`import.state.${made.state}`)}
          done={made.done}
          total={made.rowCount}
          onCancel={() => cancel.mutate()}
        />
        <dl className={css.figures}>
          <div>
            <dt>{t("import.rate")}</dt>
            <dd>{pace ? t("import.perSecond", { rows: formatCount(Math.round(pace.perSecond)) }) : "–"}</dd>
          </div>
          <div>
            <dt>{t("import.left")}</dt>
            <dd>{rest ? t(`import.rest.${rest.unit}`, { count: rest.count }) : "–"}</dd>
          </div>
          <div>
            <dt>{t("import.rejected")}</dt>
            <dd data-some={made.rejected > 0 || undefined}>{t("import.rows", { rows: formatCount(made.rejected) })}</dd>
          </div>
        </dl>
        <p className={css.soft}>
          {t("import.leave")} <a href="/k/">{t("import.toPortal")}</a>
        </p>
      </div>
      <Rejects made={made} />
    </>
  );
}
