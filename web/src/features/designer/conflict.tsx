import { Button, Group, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatRecent } from "../../lib/dates";
import { PersonChip } from "../../ui/person";
import { lastChangeQuery } from "./api";
import css from "./designer.module.css";
import { changes } from "./model/changes";
import type { Draft } from "./model/draft";
import type { Held } from "./model/saver";
import { ChangeList } from "./publish/change-list";
import { useDesigner } from "./state";

/** Somebody else has saved meanwhile: who, what, and whose version goes on. Either way undo brings the other back. */
export function ConflictDialog({ theirs, base }: { theirs: Held; base: Draft }) {
  const { t } = useTranslation();
  const { app, live, draft, rebase } = useDesigner();
  const last = useQuery({ ...lastChangeQuery(app, theirs.revision), enabled: !!live });
  const list = (title: string, from: Draft, to: Draft) => (
    <section>
      <h3>{title}</h3>
      <ChangeList changes={changes(from, to)} />
    </section>
  );
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} size="lg" title={t("designer.conflict")}>
      <p className={css.conflictNote}>
        {last.data && (
          <>
            <PersonChip name={last.data.modifier.name} /> {formatRecent(last.data.modifiedAt)}{" "}
          </>
        )}
        {t("designer.conflictNote")}
      </p>
      <div className={css.conflictSides}>
        {list(t("designer.conflictTheirs"), base, theirs.draft)}
        {list(t("designer.conflictMine"), base, draft)}
      </div>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => rebase(theirs)}>
          {t("designer.keepMine")}
        </Button>
        <Button onClick={() => rebase(theirs, theirs.draft)} data-autofocus>
          {t("designer.takeTheirs")}
        </Button>
      </Group>
    </Modal>
  );
}
