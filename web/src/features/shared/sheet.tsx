import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDate, wallClock } from "../../lib/dates";
import type { SharedField, SharedRecord } from "../../lib/shared";

import { type SharedDoor, SharedDoorContext } from "./files";
import css from "./shared.module.css";
import { Talk } from "./talk";
import { SharedValue } from "./value";

type Props = {
  record: SharedRecord;
  door: SharedDoor;
  /** Where the reader answers, below the talk. */
  composer?: ReactNode;
  /** Above it all, beside the company's name. */
  corner?: ReactNode;
  /** The title is the page's heading, or one within another page. */
  heading?: "h1" | "h3";
  /** Shown to staff: the place to answer is only hinted at. */
  preview?: boolean;
};

/** One record as an outsider reads it: whose it is, what it is, the talk, and until when it can be seen. */
export function SharedSheet({ record, door, composer, corner, heading: Heading = "h1", preview }: Props) {
  const { t } = useTranslation();
  const talking = record.can.comment || record.comments.length > 0;
  return (
    <SharedDoorContext value={record.can.download ? door : null}>
      <div className={css.page}>
        <header className={css.top}>
          <span className={css.company}>{record.company}</span>
          {corner}
        </header>
        <article className={css.sheet}>
          <Heading className={css.title}>{record.title}</Heading>
          <dl className={css.fields}>
            {below(record).map((f) => (
              <div key={f.code} data-field-code={f.code} data-short={short(f) || undefined}>
                <dt className={f.noLabel ? "visually-hidden" : undefined}>{f.label}</dt>
                <dd>
                  <SharedValue field={f} value={f.value} />
                </dd>
              </div>
            ))}
          </dl>
        </article>
        {talking && (
          <section className={css.talkPart}>
            <h2>{t("outside.talk")}</h2>
            {record.comments.length === 0 && <p className={css.soft}>{t("outside.noTalk")}</p>}
            <Talk comments={record.comments} />
            {record.can.comment && (preview ? <div className={css.hinted}>{t("outside.send")}</div> : composer)}
          </section>
        )}
        {record.expiresAt && (
          <footer className={css.until}>
            {t("outside.until", { date: formatDate(wallClock(record.expiresAt).slice(0, 10)) })}
          </footer>
        )}
      </div>
    </SharedDoorContext>
  );
}

/** The fields below the title; the one that the title repeats is said already. */
const below = ({ fields, title }: SharedRecord) => fields.filter((f) => f.value !== title);

/** True for values that two of fit side by side on a phone. */
const short = ({ type, value }: SharedField) =>
  typeof value === "string" && value.length <= 9 && !value.includes("\n") && type !== "RICH_TEXT" && type !== "LINK";
