import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Bound, useOffered } from "./command";
import { keyCaps } from "./keys";
import css from "./ui.module.css";

/** A shortcut drawn as keys. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className={css.keys}>
      {keyCaps(shortcut).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  );
}

/** The dialog under "?": every act of the screen that has a key. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const offered = useOffered().filter((c): c is Bound & { shortcut: string } => !!c.shortcut);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("common.keys")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <dl className={css.keyList}>
        {offered.map((c) => (
          <div key={c.id}>
            <dt>{t(c.label)}</dt>
            <dd>
              <Keys shortcut={c.shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
