import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatRecent } from "../../lib/dates";
import { Problem } from "../../ui/errors";
import { EmptyState, PageHeader } from "../../ui/page";
import { PersonChip } from "../../ui/person";
import { failed } from "../../ui/toast";
import { markRead, type Notice, noticesQuery } from "./api";
import css from "./notifications.module.css";

/** All notices of this person; opening one marks it as read. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useInfiniteQuery(noticesQuery);
  const read = useMutation({
    mutationFn: markRead,
    onSuccess: () => cache.invalidateQueries({ queryKey: ["notifications"] }),
    onError: failed,
  });
  const notices = query.data?.pages.flatMap((p) => p.notifications) ?? [];
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <>
      <PageHeader title={t("notifications.title")}>
        {unread > 0 && (
          <Button variant="default" loading={read.isPending} onClick={() => read.mutate({ all: true })}>
            {t("notifications.readAll")}
          </Button>
        )}
      </PageHeader>
      {query.error && <Problem error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && notices.length === 0 && (
        <EmptyState icon={IconBell} title={t("notifications.empty")} text={t("notifications.emptyText")} />
      )}
      <ul className={css.list}>
        {notices.map((n) => (
          <li key={n.id}>
            <NoticeLine notice={n} onOpen={() => !n.read && read.mutate({ ids: [n.id] })} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

/** One notice: who, where, what, when. */
export function NoticeLine({ notice: n, onOpen }: { notice: Notice; onOpen?: () => void }) {
  const { t } = useTranslation();
  return (
    <a className={css.notice} href={n.url} data-read={n.read || undefined} onClick={onOpen} onAuxClick={onOpen}>
      <span className={css.dot} aria-hidden />
      {!n.read && <span className="visually-hidden">{t("notifications.unread")}</span>}
      <span className={css.what}>
        <span className={css.head}>
          {n.by && <PersonChip name={n.by.name} outside={n.by.outside} />}
          <span className={css.title}>{n.title}</span>
          {(n.app ?? n.space) && <span className={css.app}>{(n.app ?? n.space)?.name}</span>}
        </span>
        {n.text && <span className={css.text}>{n.text}</span>}
      </span>
      <time className={css.at} dateTime={n.at} title={formatDateTime(n.at)}>
        {formatRecent(n.at)}
      </time>
    </a>
  );
}
