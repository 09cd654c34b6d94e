import { ActionIcon, Kbd, Menu } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { keyCaps } from "../../../ui/keys";
import { duplicate, nudge } from "../model/edit";
import type { Key } from "../model/form";
import { isSystem } from "../model/form";
import { thingAt } from "../model/places";
import { useDesigner } from "../state";
import { useActs } from "./acts";
import css from "./form.module.css";

type Props = { part: Key; label: string; type: string; opened: boolean; onChange: (opened: boolean) => void };

const moves = [
  ["up", IconArrowUp, "ArrowUp"],
  ["down", IconArrowDown, "ArrowDown"],
  ["left", IconArrowLeft, "ArrowLeft"],
  ["right", IconArrowRight, "ArrowRight"],
] as const;

/** What can be done with a part, with the keys that do it. */
export function PartMenu({ part, label, type, opened, onChange }: Props) {
  const { t } = useTranslation();
  const { draft, isLive } = useDesigner();
  const acts = useActs();
  const thing = thingAt(draft.form, part, isLive);
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end">
      <Menu.Target>
        <ActionIcon className={css.more} variant="default" size={28} aria-label={t("designer.actsOf", { name: label })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconSettings size={16} />}
          rightSection={<Caps keys="Enter" />}
          onClick={() => acts.settings(part)}
        >
          {t("designer.settingsOf")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={16} />}
          rightSection={<Caps keys="mod+d" />}
          disabled={!opened || !duplicate(draft.form, part)}
          onClick={() => acts.duplicate(part)}
        >
          {t("designer.duplicate")}
        </Menu.Item>
        <Menu.Divider />
        {moves.map(([direction, Icon, key]) => (
          <Menu.Item
            key={direction}
            leftSection={<Icon size={16} />}
            rightSection={<Caps keys={`alt+${key}`} />}
            disabled={!opened || !thing || !nudge(draft.form, thing, direction)}
            onClick={() => acts.nudge(part, direction)}
          >
            {t(`designer.move.${direction}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          rightSection={<Caps keys="Delete" />}
          color="var(--danger)"
          onClick={() => acts.remove(part)}
        >
          {t(isSystem(type) ? "designer.takeOff" : "common.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Caps({ keys }: { keys: string }) {
  return <Kbd size="xs">{keyCaps(keys).join(" ").replace("ArrowUp", "↑").replace("ArrowDown", "↓")}</Kbd>;
}
