import { useTranslation } from "react-i18next";
import { formatDateTime, formatRecent } from "../../lib/dates";
import type { SharedComment } from "../../lib/shared";

import css from "./shared.module.css";

/** What was said: the company on the left, the reader himself on the right. New lines are read out. */
export function Talk({ comments }: { comments: SharedComment[] }) {
  const { t } = useTranslation();
  return (
    <div role="log" aria-label={t("outside.talk")}>
      <ol className={css.talk}>
        {comments.map((c) => (
          <li
            key={c.id}
            className={css.said}
            data-mine={c.author.mine || undefined}
            data-company={c.author.company || undefined}
          >
            <span className={css.by}>
              {c.author.mine ? t("outside.you") : c.author.name}
              <time dateTime={c.createdAt} title={formatDateTime(c.createdAt)}>
                {formatRecent(c.createdAt)}
              </time>
            </span>
            <p className={css.words}>{c.text}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
