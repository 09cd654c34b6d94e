import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { t } from "../lib/i18n";
import { problemText } from "../lib/problem";
import css from "./ui.module.css";

/** Says what happened; with undo, offers to take it back for ten seconds. */
export function said(message: string, undo?: () => void): void {
  const id = notifications.show({
    withBorder: true,
    autoClose: undo ? 10_000 : 4_000,
    closeButtonProps: { "aria-label": t("common.close") },
    message: (
      <span className={css.toast} role="status">
        <span>{message}</span>
        {undo && (
          <Button
            size="compact-sm"
            variant="light"
            flex="none"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {t("common.undo")}
          </Button>
        )}
      </span>
    ),
  });
}

/** Says that an act failed, and why. It stays until it is read. */
export function failed(error: unknown): void {
  notifications.show({
    withBorder: true,
    autoClose: false,
    color: "red.9",
    closeButtonProps: { "aria-label": t("common.close") },
    message: <span role="alert">{problemText(error, t)}</span>,
  });
}
