import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./session.module.css";

/** A password with a reveal button, saying so when Caps Lock is on. */
export function Password(props: PasswordInputProps) {
  const { t } = useTranslation();
  const [caps, setCaps] = useState(false);
  const look = (e: KeyboardEvent) => setCaps(e.getModifierState("CapsLock"));
  return (
    <div>
      <PasswordInput
        {...props}
        onKeyDown={look}
        onKeyUp={look}
        visibilityToggleButtonProps={{ "aria-label": t("session.reveal"), tabIndex: 0 }}
      />
      {caps && (
        <p className={css.caps} role="status">
          {t("session.capsLock")}
        </p>
      )}
    </div>
  );
}
