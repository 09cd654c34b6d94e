import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatCount } from "../../../lib/numbers";
import { countQuery, maxOffset, pageSize } from "../api";
import css from "./list.module.css";

type Props = {
  app: string;
  condition: string;
  page: number;
  shown: number;
  more: boolean;
  onPage: (page: number) => void;
};

/** Where in the list one is. The page never waits for the total: it is added when it arrives. */
export function Pager({ app, condition, page, shown, more, onPage }: Props) {
  const { t } = useTranslation();
  const count = useQuery(countQuery(app, condition));
  const first = (page - 1) * pageSize + 1;
  const known = !more && (shown > 0 || page === 1) ? first - 1 + shown : undefined; // the last page tells the total itself
  const total = known ?? (count.data ? Number(count.data.count) : undefined);
  const exact = known !== undefined || count.data?.exact;
  const beside = exact ? "records.total" : "records.totalAbout"; // what is shown
  const alone = exact ? "records.totalAlone" : "records.totalAloneAbout";
  const end = page * pageSize >= maxOffset;
  return (
    <nav className={css.pager} aria-label={t("records.pages")}>
      <span aria-live="polite">
        {shown > 0 && t("records.range", { first: formatCount(first), last: formatCount(first + shown - 1) })}
        {total !== undefined && (
          <span className={css.total}>
            {t(shown > 0 ? beside : alone, { count: total, number: formatCount(total) })}
          </span>
        )}
      </span>
      {more && end && <span className={css.total}>{t("records.tooFar", { number: formatCount(maxOffset) })}</span>}
      <span className={css.turn}>
        <ActionIcon
          variant="default"
          size={36}
          disabled={page === 1}
          aria-label={t("records.previousPage")}
          onClick={() => onPage(page - 1)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          disabled={!more || end}
          aria-label={t("records.nextPage")}
          onClick={() => onPage(page + 1)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </span>
    </nav>
  );
}
