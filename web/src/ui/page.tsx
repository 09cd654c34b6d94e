import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./ui.module.css";

/** The head of a screen: its name, a line about it, and its acts with the one primary button last. */
export function PageHeader({ title, note, children }: { title: ReactNode; note?: ReactNode; children?: ReactNode }) {
  return (
    <div className={css.pageHeader}>
      <div className={css.pageTitle}>
        <h1>{title}</h1>
        {note && <p>{note}</p>}
      </div>
      {children && <div className={css.pageActs}>{children}</div>}
    </div>
  );
}

type EmptyProps = { icon: Icon; title: string; text?: string; children?: ReactNode };

/** What a place without anything in it is for, and the first act there. */
export function EmptyState({ icon: Picture, title, text, children }: EmptyProps) {
  return (
    <div className={css.empty}>
      <Picture size={36} stroke={1.25} aria-hidden />
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className={css.emptyActs}>{children}</div>}
    </div>
  );
}
