import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../lib/http";
import { storage } from "../../lib/storage";
import { keyCaps } from "../../ui/keys";
import { sendComment } from "./api";
import { draft } from "./keep";
import { reasonFor } from "./reason";
import css from "./shared.module.css";

type Props = {
  token: string;
  company: string;
  onSent: () => Promise<void>;
  /** The link turned out to be closed. */
  onGone: () => void;
};

const nameKey = "outside.name";

/** Where the reader writes. His name is asked once; a message that could not be sent stays where it was written. */
export function Composer({ token, company, onSent, onGone }: Props) {
  const { t } = useTranslation();
  const [known, setKnown] = useState(() => storage.get(nameKey, ""));
  const [name, setName] = useState(known);
  const [text, setText] = useState(draft.get);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState("");
  const nameInput = useRef<HTMLInputElement>(null);
  const textInput = useRef<HTMLTextAreaElement>(null);

  const write = (next: string) => {
    setText(next);
    draft.set(next);
  };

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const who = name.trim();
    const words = text.trim();
    if (sending) return;
    if (!who || !words) {
      setProblem(t(who ? "outside.textNeeded" : "outside.nameNeeded"));
      (who ? textInput : nameInput).current?.focus();
      return;
    }
    setSending(true);
    setProblem("");
    try {
      await sendComment(token, who, words);
      storage.set(nameKey, who);
      setKnown(who);
      write("");
      await onSent();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) onGone();
      else setProblem(t("outside.notSent", { reason: reasonFor(error, t) }));
    } finally {
      setSending(false);
    }
  };

  const pressed = (e: KeyboardEvent) => {
    if (e.key !== "Enter" || e.nativeEvent.isComposing || !(e.metaKey || e.ctrlKey)) return;
    void send();
  };

  return (
    <form className={css.composer} onSubmit={send}>
      {known ? (
        <p className={css.as}>
          {t("outside.sendAs", { name: known })}{" "}
          <button type="button" className={css.quiet} onClick={() => setKnown("")}>
            {t("outside.changeName")}
          </button>
        </p>
      ) : (
        <label className={css.label}>
          {t("outside.name")}
          <input
            ref={nameInput}
            className={css.input}
            autoComplete="name"
            maxLength={64}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
        </label>
      )}
      <label className={css.label}>
        {t("outside.message", { company })}
        <textarea
          ref={textInput}
          className={css.input}
          rows={3}
          value={text}
          readOnly={sending}
          onChange={(e) => write(e.currentTarget.value)}
          onKeyDown={pressed}
        />
      </label>
      {problem && (
        <p role="alert" className={css.problem}>
          {problem}
        </p>
      )}
      <div className={css.sendRow}>
        <span className={css.keys}>{t("outside.keys", { keys: keyCaps("mod+Enter").join(" + ") })}</span>
        <button type="submit" className={css.button} aria-disabled={sending} aria-busy={sending}>
          {t(sending ? "outside.sending" : "outside.send")}
        </button>
      </div>
    </form>
  );
}
