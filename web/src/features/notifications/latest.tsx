import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { noticesQuery } from "./api";
import css from "./notifications.module.css";
import { NoticeLine } from "./page";

/** The newest few notices, for the portal; nothing when there are none. */
export function LatestNotices() {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(noticesQuery);
  const latest = data?.pages[0]?.notifications.slice(0, 5) ?? [];
  if (latest.length === 0) return null;
  return (
    <section>
      <h2 className={css.heading}>
        <a href="/k/#/ntf">{t("notifications.title")}</a>
      </h2>
      <ul className={css.list}>
        {latest.map((n) => (
          <li key={n.id}>
            <NoticeLine notice={n} />
          </li>
        ))}
      </ul>
    </section>
  );
}
