import { Button } from "@mantine/core";
import { IconArrowNarrowRight } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FieldDisplay } from "../../../fields/displays";
import { formatDateTime } from "../../../lib/dates";
import { type FieldProperty, type Fields, isBlank } from "../../../lib/kintone";
import { confirm } from "../../../ui/confirm";
import { Problem } from "../../../ui/errors";
import { PersonChip } from "../../../ui/person";
import { failed, said } from "../../../ui/toast";
import { type Change, type HistoryEntry, historyQuery, revertRecord } from "./api";
import css from "./history.module.css";

type Props = { app: string; record: string; revision: string; fields: Fields; mayEdit: boolean };

/** Who changed what, old and new side by side, and the way back to an earlier version. */
export function HistoryList({ app, record, revision, fields, mayEdit }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const history = useInfiniteQuery(historyQuery(app, record));
  const entries = history.data?.pages.flatMap((p) => p.entries) ?? [];
  const refresh = () => cache.invalidateQueries({ queryKey: ["record", app, record] });
  const revert = useMutation({
    mutationFn: ({ to, from }: { to: string; from: string }) => revertRecord(app, record, to, from),
    onSuccess: async (done, { to, from }) => {
      await refresh();
      said(t("records.history.reverted", { revision: to }), () => {
        revertRecord(app, record, from, done.revision).then(refresh, failed);
      });
    },
    onError: failed,
  });
  const ask = async (e: HistoryEntry) => {
    const yes = await confirm({
      title: t("records.history.revertTitle", { revision: e.revision }),
      body: e.at
        ? t("records.history.revertText", { at: formatDateTime(e.at) })
        : t("records.history.revertTextUndated", { revision: e.revision }),
      confirm: t("records.history.revert"),
    });
    if (yes) revert.mutate({ to: e.revision, from: revision });
  };
  if (history.error) return <Problem error={history.error} retry={() => history.refetch()} />;
  return (
    <>
      <ol className={css.list}>
        {entries.map((e) => (
          <li key={e.revision} className={css.entry} data-revision={e.revision}>
            <div className={css.head}>
              {e.by && <PersonChip name={e.by.name} outside={e.by.outside} />}
              {e.at && <time dateTime={e.at}>{formatDateTime(e.at)}</time>}
              <span className={css.number}>
                {t("records.history.version", { revision: e.revision })}
                {tells(e) && ` · ${t(`records.history.kind.${e.kind}`, { action: e.action?.name })}`}
              </span>
            </div>
            {e.kind !== "create" && (
              <dl className={css.changes}>
                {e.changes.map((c) => (
                  <ChangeLine key={c.code} change={c} field={fields[c.code]} />
                ))}
              </dl>
            )}
            {mayEdit && e.revision !== revision && (
              <Button size="compact-xs" variant="default" loading={revert.isPending} onClick={() => ask(e)}>
                {t("records.history.revert")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

/** True for a kind that says more than that something changed. Who may not see where a record stands is told of no action. */
const tells = (e: HistoryEntry) => e.kind !== "update" && (e.kind !== "status" || e.action !== undefined);

/** One field's change. A field that is gone from the form is still shown, by what the history knows of it. */
function ChangeLine({ change, field }: { change: Change; field?: FieldProperty }) {
  const { t } = useTranslation();
  const shown = field ?? { type: change.type, code: change.code, label: change.label };
  const blank = <span className={css.blank}>{t("records.blank")}</span>;
  const draw = (value: Change["old"]) => (isBlank(value) ? blank : <FieldDisplay field={shown} value={value} />);
  return (
    <div className={css.change} data-field-code={change.code}>
      <dt>{change.label}</dt>
      <dd>
        <del className={css.old}>{draw(change.old)}</del>
        <IconArrowNarrowRight size={16} aria-label={t("records.history.became")} />
        <ins className={css.new}>{draw(change.new)}</ins>
      </dd>
    </div>
  );
}
