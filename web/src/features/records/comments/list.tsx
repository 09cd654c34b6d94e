import { ActionIcon, Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatRecent } from "../../../lib/dates";
import { confirm } from "../../../ui/confirm";
import { Problem } from "../../../ui/errors";
import { OutsideBadge } from "../../../ui/outside-badge";
import { PersonChip } from "../../../ui/person";
import { failed } from "../../../ui/toast";
import { type Comment, commentsQuery, deleteComment } from "./api";
import css from "./comments.module.css";
import { Composer } from "./composer";

type Props = { app: string; record: string; outside: boolean };

/** The talk about a record. outside says that someone outside can read the shared lane. */
export function Comments({ app, record, outside }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useInfiniteQuery(commentsQuery(app, record));
  const comments = query.data?.pages.flatMap((p) => p.comments) ?? [];
  const remove = useMutation({
    mutationFn: (id: string) => deleteComment(app, record, id),
    onSuccess: () => cache.invalidateQueries({ queryKey: commentsQuery(app, record).queryKey }),
    onError: failed,
  });
  const ask = async (id: string) => {
    const yes = await confirm({
      title: t("records.comment.deleteTitle"),
      confirm: t("common.delete"),
      danger: true,
    });
    if (yes) remove.mutate(id);
  };
  return (
    <>
      <Composer app={app} record={record} outside={outside} />
      {query.error && <Problem error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && comments.length === 0 && <p className={css.none}>{t("records.comment.none")}</p>}
      <ol className={css.list} aria-label={t("records.comments")}>
        {comments.map((c) => (
          <CommentItem key={c.id} comment={c} onDelete={c.mine ? () => void ask(c.id) : undefined} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

function CommentItem({ comment: c, onDelete }: { comment: Comment; onDelete?: () => void }) {
  const { t } = useTranslation();
  const shared = c.lane === "shared";
  return (
    <li className={css.comment} data-lane={c.lane} data-comment={c.id}>
      <div className={css.head}>
        <PersonChip name={c.author.name} outside={c.author.outside} />
        {shared && !c.author.outside && <OutsideBadge label={t("records.comment.readOutside")} />}
        <time dateTime={c.createdAt} title={formatDateTime(c.createdAt)}>
          {formatRecent(c.createdAt)}
        </time>
        {onDelete && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("records.comment.delete")}
            onClick={onDelete}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </div>
      <p className={css.text}>{c.text}</p>
    </li>
  );
}
