import { Button, type ButtonProps, Menu, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Command } from "./command";
import { Keys } from "./keys-help";

/** label: a shorter word where the place says the rest. */
type Props<C> = { command: Command<C>; context: C; label?: string } & Pick<
  ButtonProps,
  "variant" | "loading" | "color" | "size"
>;

/** A command as a button, its shortcut in the tooltip. Nothing when it may not be done. */
export function CommandButton<C>({ command, context, label, ...look }: Props<C>) {
  const { t } = useTranslation();
  if (command.enabled?.(context) === false) return null;
  const button = (
    <Button
      variant="default"
      {...look}
      data-command={command.id}
      leftSection={command.icon && <command.icon size={16} aria-hidden />}
      onClick={() => command.run(context)}
    >
      {t(label ?? command.label)}
    </Button>
  );
  return command.shortcut ? <Tooltip label={<Keys shortcut={command.shortcut} />}>{button}</Tooltip> : button;
}

/** A command as a menu item. Nothing when it may not be done. */
export function CommandItem<C>({ command, context }: { command: Command<C>; context: C }) {
  const { t } = useTranslation();
  if (command.enabled?.(context) === false) return null;
  return (
    <Menu.Item
      data-command={command.id}
      color={command.danger ? "var(--danger)" : undefined}
      leftSection={command.icon && <command.icon size={16} aria-hidden />}
      rightSection={command.shortcut && <Keys shortcut={command.shortcut} />}
      onClick={() => command.run(context)}
    >
      {t(command.label)}
    </Menu.Item>
  );
}
