import { ActionIcon, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ClipboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "../../model/form";
import { SortableLine } from "../../sortable";
import css from "./panel.module.css";

type Props = {
  choice: Choice;
  onRename: (label: string) => void;
  onRemove: () => void;
  onEnter: () => void;
  onPaste: (e: ClipboardEvent) => void;
};

/** One option: its handle, its name, and taking it away. */
export function ChoiceLine({ choice, onRename, onRemove, onEnter, onPaste }: Props) {
  const { t } = useTranslation();
  return (
    <SortableLine id={choice.key} label={t("designer.moveLine", { name: choice.label })}>
      <TextInput
        className={css.grow}
        aria-label={t("designer.choiceLabel")}
        autoComplete="off"
        value={choice.label}
        onChange={(e) => onRename(e.currentTarget.value)}
        onPaste={onPaste}
        onKeyDown={(e) => {
          if (e.key !== "Enter" || e.nativeEvent.isComposing) return;
          e.preventDefault();
          onEnter();
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t("designer.removeLine", { name: choice.label })}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </SortableLine>
  );
}
