import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { boot, currentUser } from "../../lib/boot";
import { wallClock } from "../../lib/dates";
import { OutsideBadge } from "../../ui/outside-badge";
import { qrAddress, type Share } from "./api";
import { CopyButton, CopyIcon } from "./copy";
import { mailText } from "./mail";
import css from "./share.module.css";

type Props = {
  share: Share;
  /** Known only right after it was set. */
  password?: string;
  onClose: () => void;
};

/** How a link reaches the outsider: address, QR code, and a mail to copy. */
export function HandOver({ share, password, onClose }: Props) {
  const { t } = useTranslation();
  const url = share.url ?? "";
  const text = mailText(
    {
      company: boot().site.name,
      sender: currentUser().name,
      title: share.title,
      url,
      lastDay: share.expiresAt ? wallClock(share.expiresAt).slice(0, 10) : "",
      password: share.hasPassword,
      answer: share.mayComment,
    },
    t,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t("share.handOverTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={css.handOver}>
        <div className={css.handOverText}>
          <OutsideBadge />
          <TextInput
            readOnly
            label={t("share.address")}
            value={url}
            rightSection={<CopyIcon value={url} />}
            onFocus={(e) => e.currentTarget.select()}
          />
          {password && (
            <TextInput
              readOnly
              label={t("share.password")}
              description={t("share.passwordOnce")}
              value={password}
              rightSection={<CopyIcon value={password} />}
              onFocus={(e) => e.currentTarget.select()}
            />
          )}
        </div>
        <img className={css.qr} src={qrAddress(share.id)} alt={t("share.qr")} width={176} height={176} />
      </div>
      <Textarea readOnly label={t("share.mail")} value={text} autosize minRows={8} maxRows={14} mt="md" />
      <div className={css.dialogFoot}>
        <CopyButton value={text} label={t("share.copyMail")} />
        <Button onClick={onClose}>{t("common.close")}</Button>
      </div>
    </Modal>
  );
}
