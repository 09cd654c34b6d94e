import { IconMoodSad } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { t } from "../lib/i18n";
import { EmptyState } from "./page";
import css from "./ui.module.css";

/** Stands in for a screen that broke, and leads out of it. What was typed has been kept as a draft. */
export class Crash extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div role="alert">
        <EmptyState icon={IconMoodSad} title={t("common.crash")} text={t("common.crashText")}>
          <button type="button" className={css.link} onClick={() => location.reload()}>
            {t("common.reload")}
          </button>
          <a href="/k/">{t("common.toHome")}</a>
        </EmptyState>
      </div>
    );
  }
}
