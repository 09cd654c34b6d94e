import { ActionIcon, Button, type ButtonProps, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCopy } from "../../ui/copy";

/** Copies a text, and says so. */
export function CopyButton({ value, label, ...look }: { value: string; label: string } & Pick<ButtonProps, "size">) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(value);
  return (
    <Button
      {...look}
      variant="default"
      leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={copy}
    >
      {copied ? t("share.copied") : label}
    </Button>
  );
}

/** The same at the end of an input. */
export function CopyIcon({ value }: { value: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(value);
  const label = t(copied ? "share.copied" : "share.copy");
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={copy}>
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
