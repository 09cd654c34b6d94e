import { Button, Group, Modal, Radio } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldDisplay } from "../../../fields/displays";
import { formatRecent } from "../../../lib/dates";
import type { Fields, RecordData, Value } from "../../../lib/kintone";
import { PersonChip } from "../../../ui/person";
import { historyQuery } from "../history/api";
import { revisionOf } from "../title";
import css from "./form.module.css";
import { sameValue } from "./state";

type Side = "mine" | "theirs";
type Props = {
  app: string;
  record: string;
  fields: Fields;
  /** The values the form began with, what was changed in it since, and what is stored now. */
  base: RecordData;
  changed: RecordData;
  stored: RecordData;
  onResolve: (values: RecordData) => void;
  onClose: () => void;
};

/** Both people changed the record: shows who did what, and lets this one choose field by field. Nothing is lost either way. */
export function ConflictDialog({ app, record, fields, base, changed, stored, onResolve, onClose }: Props) {
  const { t } = useTranslation();
  const since = Number(revisionOf(base));
  const history = useInfiniteQuery(historyQuery(app, record));
  const entries = history.data?.pages[0]?.entries.filter((e) => Number(e.revision) > since) ?? [];
  const both = Object.keys(changed).filter(
    (code) =>
      !sameValue(stored[code]?.value, base[code]?.value) && !sameValue(stored[code]?.value, changed[code]?.value),
  );
  const [sides, setSides] = useState<Record<string, Side>>({});
  const resolve = () => {
    const kept = Object.entries(changed).filter(([code]) => !both.includes(code) || (sides[code] ?? "mine") === "mine");
    onResolve(Object.fromEntries(kept));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("records.conflict.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={css.conflict}>
        <div>
          {entries.map((e) => (
            <div key={e.revision}>
              {e.by && <PersonChip name={e.by.name} outside={e.by.outside} />} {e.at && formatRecent(e.at)}
              {(e.by || e.at) && ": "}
              {e.changes.map((c) => c.label).join(", ")}
            </div>
          ))}
        </div>
        <p>{t(both.length > 0 ? "records.conflict.choose" : "records.conflict.apart")}</p>
        {both.map((code) => {
          const field = fields[code];
          if (!field) return null;
          const pick = (side: Side) => setSides((s) => ({ ...s, [code]: side }));
          const option = (side: Side, value: Value) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the Radio is its control
            <label className={css.side}>
              <Radio
                name={`side-${code}`}
                checked={(sides[code] ?? "mine") === side}
                onChange={() => pick(side)}
                aria-label={t(`records.conflict.${side}Of`, { field: field.label })}
              />
              <span>
                <span className={css.sideHead}>{t(`records.conflict.${side}`)}</span>
                <FieldDisplay field={field} value={value} />
              </span>
            </label>
          );
          return (
            <div key={code} className={css.conflictField}>
              <h3>{field.label}</h3>
              <div className={css.sides}>
                {option("mine", changed[code]?.value ?? null)}
                {option("theirs", stored[code]?.value ?? null)}
              </div>
            </div>
          );
        })}
      </div>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("records.conflict.back")}
        </Button>
        <Button onClick={resolve}>{t("records.conflict.save")}</Button>
      </Group>
    </Modal>
  );
}
