import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useTrash } from "../trash/use-trash";
import css from "./list.module.css";

/** What can be done with the chosen rows. */
export function SelectionBar({
  app,
  selected,
  onDone,
}: {
  app: string;
  selected: ReadonlySet<string>;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const trash = useTrash(app);
  return (
    <div className={css.selection} role="toolbar" aria-label={t("records.selection")}>
      <span>{t("records.selected", { count: selected.size })}</span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTrash size={16} />}
        loading={trash.isPending}
        onClick={() => trash.mutate([...selected], { onSuccess: onDone })}
      >
        {t("common.delete")}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onDone}>
        {t("records.unselect")}
      </Button>
    </div>
  );
}
