import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress } from "./api";
import { Composer } from "./composer";
import { draft } from "./keep";
import { LanguageSwitch } from "./language";
import { Message } from "./message";
import { PasswordPage } from "./password";
import { reasonFor } from "./reason";
import css from "./shared.module.css";
import { SharedSheet } from "./sheet";
import { useShared } from "./use-shared";

/** /s/{token}: one record as one outsider sees it, without an account. */
export function SharedPage({ token }: { token: string }) {
  const { t } = useTranslation();
  const { shared, reload, close } = useShared(token);
  const gone = shared.is === "gone";
  useEffect(() => {
    if (gone) draft.set("");
  }, [gone]);
  useEffect(() => {
    document.title =
      shared.is === "open" ? `${shared.record.title} - ${shared.record.company}` : t("outside.pageTitle");
  }, [shared, t]);

  switch (shared.is) {
    case "loading":
      return <main className={css.page} aria-busy />;
    case "locked":
      return <PasswordPage token={token} onOpen={reload} onGone={close} />;
    case "gone":
      return <Message title={t("outside.goneTitle")} text={t("outside.goneText")} />;
    case "trouble":
      return (
        <Message title={t("outside.troubleTitle")} text={reasonFor(shared.error, t)}>
          <button type="button" className={css.button} onClick={() => void reload()}>
            {t("common.retry")}
          </button>
        </Message>
      );
    case "open": {
      const { record } = shared;
      return (
        <main>
          <SharedSheet
            record={record}
            door={(fileKey, size) => fileAddress(token, fileKey, size)}
            corner={<LanguageSwitch />}
            composer={<Composer token={token} company={record.company} onSent={reload} onGone={close} />}
          />
        </main>
      );
    }
  }
}
