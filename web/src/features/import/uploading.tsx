import { Button, Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../lib/numbers";
import css from "./import.module.css";

type Props = { file: File; share: number; onCancel: () => void };

/** A file on its way to the server, and then the moment in which the server looks at it. */
export function Uploading({ file, share, onCancel }: Props) {
  const { t } = useTranslation();
  const sent = share >= 1;
  const label = t(sent ? "import.looking" : "import.sending", { name: file.name });
  return (
    <div className={css.sheet}>
      <div className={css.between}>
        <span role="status">{label}</span>
        {!sent && (
          <span>{t("import.sent", { sent: formatBytes(share * file.size), size: formatBytes(file.size) })}</span>
        )}
      </div>
      <Progress.Root size="md">
        <Progress.Section value={share * 100} animated={sent} aria-label={label} />
      </Progress.Root>
      <Button size="compact-sm" variant="default" onClick={onCancel}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}
