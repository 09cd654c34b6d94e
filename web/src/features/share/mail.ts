import { formatDate } from "../../lib/dates";

type T = (key: string, args?: Record<string, unknown>) => string;
export type Letter = {
  company: string;
  sender: string;
  title: string;
  url: string;
  lastDay: string;
  password: boolean;
  /** True if the outsider may comment. */
  answer: boolean;
};

/** The text of a mail that brings a link. The password is left for another way. */
export function mailText(letter: Letter, t: T): string {
  const parts = [
    t("share.mail.greeting", letter),
    `${letter.title ? t("share.mail.link", letter) : t("share.mail.linkOnly")}\n${letter.url}`,
    ...(letter.lastDay ? [t("share.mail.until", { date: formatDate(letter.lastDay) })] : []),
    ...(letter.password ? [t("share.mail.password")] : []),
    t(letter.answer ? "share.mail.answer" : "share.mail.closing"),
  ];
  return parts.join("\n\n");
}
