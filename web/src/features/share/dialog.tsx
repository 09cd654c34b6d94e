import { Button, Modal } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { IconDoorExit } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../ui/errors";
import { changeShare, createShare, previewQuery, type Share } from "./api";
import { type Draft, draftOf, inputOf, newDraft } from "./draft";
import { FieldChoice } from "./field-choice";
import { choosable } from "./fields";
import { Limits } from "./limits";
import { Phone } from "./phone";
import css from "./share.module.css";
import type { SharedSheetOf, ShareTarget } from "./target";
import { newlyVisible } from "./visible";

export type Made = { id: string; password?: string };

type Props = ShareTarget & {
  sheet: SharedSheetOf;
  /** The link to change; without one a new one is made. */
  share?: Share;
  onClose: () => void;
  onSaved: (made: Made) => void;
};

/** Makes or changes a link: what it shows on the left, on the right the very page the outsider will get. */
export function ShareDialog({ sheet, share, onClose, onSaved, ...target }: Props) {
  const { t } = useTranslation();
  const { app, record } = target;
  const phone = useMediaQuery("(max-width: 760px)");
  const choices = useMemo(() => choosable(target.fields, target.layout), [target.fields, target.layout]);
  const order = choices.map((c) => c.field.code);
  const [draft, setDraft] = useState<Draft>(() => (share ? draftOf(share) : newDraft()));
  const change = (next: Partial<Draft>) => setDraft((old) => ({ ...old, ...next }));

  const seen = useSeen(app, record, draft, order, share);
  const save = useMutation({
    mutationFn: async (): Promise<Made> => {
      const input = inputOf(draft, order);
      if (!share) return { id: (await createShare(app, record, input)).id, password: draft.password };
      await changeShare(share.id, input);
      return { id: share.id };
    },
    onSuccess: onSaved,
  });

  return (
    <Modal
      opened
      onClose={onClose}
      size={980}
      fullScreen={phone}
      closeOnClickOutside={false}
      title={
        <span className={css.dialogTitle}>
          <IconDoorExit size={20} aria-hidden />
          {t(share ? "share.editTitle" : "share.makeTitle")}
        </span>
      }
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={css.dialog}>
        <div className={css.form}>
          {save.error && <Problem error={save.error} />}
          <FieldChoice
            choices={choices}
            chosen={draft.fields}
            title={draft.title}
            record={target}
            mayDownload={draft.mayDownload}
            onChange={change}
          />
          <Limits draft={draft} hasPassword={share?.hasPassword ?? false} onChange={change} />
        </div>
        <Phone sheet={sheet} record={seen.now} problem={seen.problem} empty={draft.fields.size === 0} />
      </div>
      <div className={css.dialogFoot}>
        <p className={css.newly} role="status">
          {seen.newly && <NewlyVisible {...seen.newly} />}
        </p>
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          className={css.primary}
          leftSection={<IconDoorExit size={16} />}
          disabled={draft.fields.size === 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t(share ? "share.save" : "share.create")}
        </Button>
      </div>
    </Modal>
  );
}

/** What the outsider will see by the draft, and how much of it is new to him. */
function useSeen(app: string, record: string, draft: Draft, order: string[], share?: Share) {
  const { password: _, ...input } = inputOf(draft, order); // a preview needs none
  const [settled] = useDebouncedValue(JSON.stringify(input), 250);
  const now = useQuery({
    ...previewQuery(app, record, JSON.parse(settled), share?.id),
    enabled: draft.fields.size > 0,
    placeholderData: keepPreviousData,
  });
  const { password: __, ...saved } = inputOf(share ? draftOf(share) : draft, order);
  const before = useQuery({ ...previewQuery(app, record, saved, share?.id), enabled: share !== undefined });
  const known = share === undefined || before.data !== undefined;
  return {
    now: draft.fields.size > 0 ? now.data : undefined,
    problem: now.error,
    newly: now.data && known && draft.fields.size > 0 ? newlyVisible(share && before.data, now.data) : undefined,
  };
}

function NewlyVisible({ fields, files, comments }: ReturnType<typeof newlyVisible>) {
  const { t } = useTranslation();
  if (fields + files + comments === 0) return t("share.nothingNew");
  const parts = [
    fields > 0 && t("share.newFields", { count: fields }),
    files > 0 && t("share.newFiles", { count: files }),
    comments > 0 && t("share.newComments", { count: comments }),
  ].filter((part) => part !== false);
  return (
    <>
      <IconDoorExit size={16} aria-hidden />
      {t("share.newly", { what: parts.join(t("share.dot")) })}
    </>
  );
}
