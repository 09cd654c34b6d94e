import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatCount } from "../../lib/numbers";
import { type Import, rejectedAddress } from "./api";
import css from "./import.module.css";

/** The rows that were not taken, line by line: where, what stood there, and why not. */
export function Rejects({ made }: { made: Import }) {
  const { t } = useTranslation();
  if (made.rejected === 0) return null;
  const more = made.rejected - made.rejects.length;
  return (
    <section className={css.section} aria-labelledby="rejects">
      <div className={css.between}>
        <h2 id="rejects">{t("import.rejectedTitle", { rows: formatCount(made.rejected) })}</h2>
        <Button
          component="a"
          variant="default"
          href={rejectedAddress(made.id)}
          download
          leftSection={<IconDownload size={16} />}
        >
          {t("import.download")}
        </Button>
      </div>
      <p className={css.soft}>{t("import.rejectedNote")}</p>
      <ul className={css.rejects}>
        {made.rejects.map((r) => (
          <li key={`${r.line} ${r.column} ${r.message}`}>
            <span className={css.line}>{t("import.line", { line: formatCount(r.line) })}</span>
            <span className={css.where}>
              {r.column}
              {r.value !== undefined && r.value !== "" && <q title={r.value}>{r.value}</q>}
            </span>
            <span className={css.why}>{r.message}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.soft}>{t("import.moreRejects", { rows: formatCount(more) })}</p>}
    </section>
  );
}
