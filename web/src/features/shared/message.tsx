import type { ReactNode } from "react";
import { LanguageSwitch } from "./language";
import css from "./shared.module.css";

/** A page with one thing to say, which tells nothing about what lies behind the link. */
export function Message({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className={css.page}>
      <header className={css.top}>
        <span />
        <LanguageSwitch />
      </header>
      <div className={css.message}>
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </div>
    </main>
  );
}
