import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconHandStop, IconPencil, IconQrcode } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate, formatDateTime, formatRecent, wallClock } from "../../lib/dates";
import type { Fields } from "../../lib/kintone";
import { OutsideBadge } from "../../ui/outside-badge";
import { Accesses } from "./accesses";
import type { Share } from "./api";
import { CopyButton } from "./copy";
import css from "./share.module.css";

type Props = {
  share: Share;
  fields: Fields;
  canShare: boolean;
  revoking: boolean;
  onEdit: () => void;
  onHandOver: () => void;
  onRevoke: () => void;
};

/** One link: what it shows, until when, who came, and its acts. */
export function ShareLine({ share, fields, canShare, revoking, onEdit, onHandOver, onRevoke }: Props) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(false);
  const active = share.state === "active";
  const labels = share.fields.map((code) => fields[code]?.label ?? code).join(t("share.comma"));
  const abilities = [
    share.hasPassword && t("share.withPassword"),
    share.mayComment && t("share.mayComment"),
    share.mayDownload && t("share.mayDownload"),
  ].filter((a) => a !== false);
  return (
    <li className={css.link} data-over={!active || undefined}>
      <div className={css.between}>
        <strong className={css.linkTitle}>{share.title || t("share.untitled")}</strong>
        {active ? <OutsideBadge /> : <span className={css.state}>{t(`share.state.${share.state}`)}</span>}
      </div>
      <p className={css.clip} title={labels}>
        {t("share.shows", { count: share.fields.length, labels })}
      </p>
      <p className={css.soft}>{[...abilities, until(share)].join(" · ")}</p>
      <p className={css.soft}>
        <button type="button" className={css.textButton} aria-expanded={seen} onClick={() => setSeen(!seen)}>
          {share.opens > 0 ? t("share.opens", { count: share.opens }) : t("share.neverOpened")}
        </button>
        {share.lastOpenedAt && (
          <time dateTime={share.lastOpenedAt} title={formatDateTime(share.lastOpenedAt)}>
            {" "}
            {t("share.lastOpened", { at: formatRecent(share.lastOpenedAt) })}
          </time>
        )}
        {share.comments > 0 && ` · ${t("share.comments", { count: share.comments })}`}
      </p>
      {seen && <Accesses id={share.id} />}
      {active && canShare && (
        <div className={css.acts}>
          {share.url && <CopyButton size="compact-sm" value={share.url} label={t("share.copyAddress")} />}
          <Button
            size="compact-sm"
            variant="default"
            color="red.9"
            leftSection={<IconHandStop size={14} />}
            loading={revoking}
            onClick={onRevoke}
          >
            {t("share.revoke")}
          </Button>
          <Menu>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t("share.moreActs")}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
                {t("share.edit")}
              </Menu.Item>
              <Menu.Item leftSection={<IconQrcode size={16} />} onClick={onHandOver}>
                {t("share.handOver")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </li>
  );

  function until({ state, revokedAt, expiresAt }: Share): string {
    if (state === "revoked" && revokedAt) return t("share.revokedAt", { at: formatDateTime(revokedAt) });
    return expiresAt ? t("share.until", { date: formatDate(wallClock(expiresAt).slice(0, 10)) }) : t("share.forever");
  }
}
