import { IconNotes } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../../ui/command";
import { CommandButton } from "../../../ui/command-button";
import { EmptyState } from "../../../ui/page";
import type { App } from "../api";
import { newRecord } from "./commands";
import css from "./list.module.css";

const commands = [newRecord];

/** In place of the list for who may add records and not see them: they are handed in, which is no problem to tell of. */
export function AddOnly({ app }: { app: App }) {
  const { t } = useTranslation();
  useCommands(commands, { app });
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.name}>{app.name}</h1>
      </div>
      <EmptyState icon={IconNotes} title={t("records.addOnly")} text={t("records.addOnlyText")}>
        <CommandButton command={newRecord} context={{ app }} variant="filled" />
      </EmptyState>
    </div>
  );
}
