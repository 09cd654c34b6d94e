import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../lib/http";
import { unlock } from "./api";
import { Message } from "./message";
import { reasonFor } from "./reason";
import css from "./shared.module.css";

type Props = { token: string; onOpen: () => Promise<void>; onGone: () => void };

/** Asks for the password of a link. */
export function PasswordPage({ token, onOpen, onGone }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!password) {
      setProblem(t("outside.passwordNeeded"));
      return;
    }
    setBusy(true);
    setProblem("");
    try {
      await unlock(token, password);
      await onOpen();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) onGone();
      else setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };

  const explain = (error: unknown): string => {
    if (!(error instanceof ApiError)) return reasonFor(error, t);
    if (error.status === 429) return t("outside.tooMany", { count: minutes(error.retryAfter) });
    return [400, 401, 403].includes(error.status) ? t("outside.wrongPassword") : reasonFor(error, t);
  };

  return (
    <Message title={t("outside.passwordTitle")} text={t("outside.passwordText")}>
      <form className={css.form} onSubmit={open}>
        <label className={css.label}>
          {t("outside.password")}
          <input
            className={css.input}
            type="password"
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={!!problem}
            aria-describedby={problem ? "password-problem" : undefined}
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
        </label>
        {problem && (
          <p role="alert" id="password-problem" className={css.problem}>
            {problem}
          </p>
        )}
        <button type="submit" className={css.button} aria-busy={busy}>
          {t("outside.open")}
        </button>
      </form>
    </Message>
  );
}

const minutes = (seconds = 60): number => Math.max(1, Math.ceil(seconds / 60));
