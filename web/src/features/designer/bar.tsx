import { ActionIcon, Button, Group, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconChevronDown,
  IconExternalLink,
  IconListDetails,
  IconPlayerPlay,
  IconTrash,
} from "@tabler/icons-react";
import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { go } from "../../lib/location";
import type { Command } from "../../ui/command";
import { Keys } from "../../ui/keys-help";
import { AppName } from "./app-name";
import { type DesignerActs, previewCommand, publishCommand, redoCommand, undoCommand } from "./commands";
import css from "./designer.module.css";
import { type Section, sections } from "./model/draft";
import { useDiscard } from "./publish/discard";
import { SaveStatus } from "./save-status";
import { useDesigner } from "./state";

/** The top of the page: whose settings these are, what has become of the changes, and making them public. */
export function Bar({ section, acts }: { section: Section; acts: DesignerActs }) {
  const { t } = useTranslation();
  const { app, live, saving, flush } = useDesigner();
  const leave = async (e: MouseEvent, to: string) => {
    if (saving.kind !== "waiting" && saving.kind !== "saving") return;
    e.preventDefault();
    if (await flush()) go(to);
  };
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    tabs.current
      ?.querySelector(`[href="#section=${section}"]`)
      ?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [section]);
  return (
    <div className={css.head}>
      <div className={css.bar}>
        <Tooltip label={t(live ? "designer.back" : "designer.backHome")}>
          <ActionIcon
            component="a"
            href={live ? `/k/${app}/` : "/k/"}
            onClick={(e: MouseEvent) => void leave(e, live ? `/k/${app}/` : "/k/")}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t(live ? "designer.back" : "designer.backHome")}
          >
            <IconArrowLeft size={20} />
          </ActionIcon>
        </Tooltip>
        <AppName />
        <SaveStatus />
        <Group gap={0} wrap="nowrap">
          <IconCommand command={undoCommand} acts={acts} icon={<IconArrowBackUp size={20} />} />
          <IconCommand command={redoCommand} acts={acts} icon={<IconArrowForwardUp size={20} />} />
        </Group>
        <Group gap={8} wrap="nowrap" className={css.acts}>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            data-command={previewCommand.id}
            onClick={acts.preview}
          >
            {t("designer.preview")}
          </Button>
          <PublishButton acts={acts} />
        </Group>
      </div>
      <nav ref={tabs} className={css.tabs} aria-label={t("designer.sections")}>
        {sections.map((s) => (
          <a key={s} href={`#section=${s}`} className={css.tab} aria-current={s === section ? "page" : undefined}>
            {t(`designer.section.${s}`)}
            <ChangeCount section={s} />
          </a>
        ))}
      </nav>
    </div>
  );
}

function ChangeCount({ section }: { section: Section }) {
  const { t } = useTranslation();
  const count = useDesigner().changes.filter((c) => c.section === section).length;
  if (count === 0) return null;
  return (
    <span className={css.tabCount} role="img" aria-label={t("designer.changeCount", { count })}>
      {count}
    </span>
  );
}

function IconCommand({ command, acts, icon }: { command: Command<DesignerActs>; acts: DesignerActs; icon: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Tooltip
      label={
        <>
          {t(command.label)} {command.shortcut && <Keys shortcut={command.shortcut} />}
        </>
      }
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t(command.label)}
        data-command={command.id}
        className={css.iconCommand}
        disabled={command.enabled?.(acts) === false}
        onClick={() => command.run(acts)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** Publishing, with the number of changes it would make public; beside it what else can be done with them. */
function PublishButton({ acts }: { acts: DesignerActs }) {
  const { t } = useTranslation();
  const { app, live, changes } = useDesigner();
  const discard = useDiscard();
  const nothing = !!live && changes.length === 0;
  const label = !live
    ? t("designer.publishNew")
    : nothing
      ? t("designer.nothingToPublish")
      : t("designer.publishCount", { count: changes.length });
  return (
    <Button.Group>
      <Button data-command={publishCommand.id} disabled={nothing} onClick={acts.publish}>
        {label}
      </Button>
      <Menu>
        <Menu.Target>
          <Button px={8} aria-label={t("designer.publishMore")} className={css.split}>
            <IconChevronDown size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconListDetails size={16} />} disabled={nothing} onClick={acts.publish}>
            {t("designer.seeChanges")}
          </Menu.Item>
          {live && (
            <Menu.Item component="a" href={`/k/${app}/`} leftSection={<IconExternalLink size={16} />}>
              {t("designer.openApp")}
            </Menu.Item>
          )}
          {live && (
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              color="var(--danger)"
              disabled={nothing}
              onClick={() => void discard()}
            >
              {t("designer.discard")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
