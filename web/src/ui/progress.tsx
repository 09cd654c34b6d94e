import { Progress as Bar, Button } from "@mantine/core";
import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatCount } from "../lib/numbers";
import css from "./ui.module.css";

/** A thin bar under the top edge while the server is at work, and only after a tenth of a second. */
export function BusyBar() {
  const busy = useIsFetching() + useIsMutating() > 0;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!busy) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), 100);
    return () => clearTimeout(timer);
  }, [busy]);
  return shown ? <div className={css.busy} aria-hidden /> : null;
}

type Props = { label: string; done: number; total: number; onCancel?: () => void };

/** Work with a known size: how much is done, of how much, and a way to stop it. */
export function Progress({ label, done, total, onCancel }: Props) {
  const { t } = useTranslation();
  const share = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
  return (
    <div className={css.progress}>
      <div className={css.progressHead}>
        <span>{label}</span>
        <span>{t("common.progress", { done: formatCount(done), total: formatCount(total), share })}</span>
      </div>
      <Bar.Root size="md">
        <Bar.Section value={share} aria-label={label} aria-valuemin={0} aria-valuemax={100} />
      </Bar.Root>
      {onCancel && (
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      )}
    </div>
  );
}
