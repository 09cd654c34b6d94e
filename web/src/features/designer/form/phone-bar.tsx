import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconSettings } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useDesigner } from "../state";
import { useActs } from "./acts";
import css from "./form.module.css";

/** The designer's tools within reach of a thumb. */
export function PhoneBar({ onParts }: { onParts: () => void }) {
  const { t } = useTranslation();
  const { selected } = useDesigner();
  const acts = useActs();
  return (
    <div className={css.phoneBar}>
      <Button variant={selected ? "default" : "filled"} leftSection={<IconPlus size={16} />} onClick={onParts}>
        {t("designer.addPart")}
      </Button>
      {selected && (
        <>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t("designer.move.up")}
            onClick={() => acts.nudge(selected, "up")}
          >
            <IconArrowUp size={18} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t("designer.move.down")}
            onClick={() => acts.nudge(selected, "down")}
          >
            <IconArrowDown size={18} />
          </ActionIcon>
          <Button leftSection={<IconSettings size={16} />} onClick={() => acts.settings(selected)}>
            {t("designer.settingsShort")}
          </Button>
        </>
      )}
    </div>
  );
}
