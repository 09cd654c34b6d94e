import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "../lib/problem";
import css from "./ui.module.css";

export type ListedError = { field: string; label: string; messages: string[]; focus: () => void };

/** All problems of a form at its top, each a link that jumps to its field. Takes the focus when it appears. */
export function ErrorList({ errors }: { errors: ListedError[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const some = errors.length > 0;
  useEffect(() => {
    if (some) box.current?.focus();
  }, [some]);
  if (!some) return null;
  return (
    <div ref={box} className={css.errorList} role="alert" tabIndex={-1}>
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <strong>{t("common.errorCount", { count: errors.length })}</strong>
        <ul>
          {errors.map((e) => (
            <li key={e.field}>
              <button type="button" className={css.link} onClick={e.focus}>
                {e.label}
              </button>
              {": "}
              {e.messages.join(" ")}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The problem of one field, directly under it. The input names it with aria-describedby={id}. */
export function FieldError({ id, messages }: { id?: string; messages?: string[] }) {
  if (!messages?.length) return null;
  return (
    <p id={id} className={css.fieldError}>
      {messages.join(" ")}
    </p>
  );
}

/** A problem that concerns the whole screen, with a way to try again where there is one. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <ProblemBox>
      {text(error)}{" "}
      {retry && (
        <button type="button" className={css.link} onClick={retry}>
          {t("common.retry")}
        </button>
      )}
    </ProblemBox>
  );
}

/** Where a problem is told in words of the screen's own. */
export function ProblemBox({ children }: { children: ReactNode }) {
  return (
    <div className={css.errorList} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>{children}</div>
    </div>
  );
}

/** The sentence that tells a person what went wrong. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => problemText(error, t);
}
