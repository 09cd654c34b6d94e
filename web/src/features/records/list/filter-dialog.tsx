import { Button, Group, Modal, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { infoOf } from "../../../fields/infos";
import type { FieldProperty, Fields } from "../../../lib/kintone";
import { type Condition, type Filter, filterText, noFilter } from "../condition/condition";
import { readFilter } from "../condition/read";
import { type Choice, ConditionLine } from "./condition-line";
import css from "./list.module.css";

type Props = { fields: Fields; condition: string; onApply: (condition: string) => void; onClose: () => void };

/** Builds the list's condition: lines of field, comparison and value, of which all or any must hold. */
export default function FilterDialog({ fields, condition, onApply, onClose }: Props) {
  const { t } = useTranslation();
  const choices = choicesOf(fields);
  const read = readFilter(condition);
  const [filter, setFilter] = useState<Filter>(
    read?.conditions.length ? read : { ...noFilter, conditions: first(choices) },
  );
  const key = useRef(0);
  const [keys, setKeys] = useState(() => filter.conditions.map(() => key.current++));
  const complete = filter.conditions.filter((c) => c.values.length > 0 || c.operator.startsWith("is"));

  const change = (i: number, to: Condition) =>
    setFilter((f) => ({ ...f, conditions: f.conditions.map((c, at) => (at === i ? to : c)) }));
  const remove = (i: number) => {
    setFilter((f) => ({ ...f, conditions: f.conditions.filter((_, at) => at !== i) }));
    setKeys((k) => k.filter((_, at) => at !== i));
  };
  const add = () => {
    setFilter((f) => ({ ...f, conditions: [...f.conditions, ...first(choices)] }));
    setKeys((k) => [...k, key.current++]);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t("records.filter")}
      size="xl"
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          onApply(filterText({ ...filter, conditions: complete }));
        }}
      >
        {!read && <p className={css.advanced}>{t("records.filterAdvanced", { condition })}</p>}
        <SegmentedControl
          aria-label={t("records.match")}
          value={filter.match}
          onChange={(match) => setFilter((f) => ({ ...f, match: match as Filter["match"] }))}
          data={[
            { value: "all", label: t("records.matchAll") },
            { value: "any", label: t("records.matchAny") },
          ]}
        />
        <ul className={css.conditions}>
          {filter.conditions.map((c, i) => (
            <ConditionLine
              key={keys[i]}
              condition={c}
              choices={choices}
              onChange={(to) => change(i, to)}
              onRemove={() => remove(i)}
            />
          ))}
        </ul>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={16} />} onClick={add}>
          {t("records.addCondition")}
        </Button>
        <Group justify="space-between" mt="lg">
          <Button variant="default" onClick={() => onApply("")}>
            {t("records.filterClear")}
          </Button>
          <Group>
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit">{t("records.filterApply")}</Button>
          </Group>
        </Group>
      </form>
    </Modal>
  );
}

/** The fields that records can be filtered by, those of tables after their table's name. */
function choicesOf(fields: Fields): Choice[] {
  const usable = (f: FieldProperty) => f.enabled !== false && (infoOf(f.type)?.operators.length ?? 0) > 0;
  return Object.values(fields).flatMap((f): Choice[] => {
    if (!f.fields) return usable(f) ? [{ field: f, label: f.label, inTable: false }] : [];
    return Object.values(f.fields)
      .filter(usable)
      .map((inner) => ({ field: inner, label: `${f.label} › ${inner.label}`, inTable: true }));
  });
}

function first(choices: Choice[]): Condition[] {
  const choice = choices[0];
  const operator = choice && infoOf(choice.field.type)?.operators[0];
  return choice && operator ? [{ field: choice.field.code, operator, values: [] }] : [];
}
