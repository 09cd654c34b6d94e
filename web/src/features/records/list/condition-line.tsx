import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { infoOf } from "../../../fields/infos";
import type { Operator } from "../../../fields/types";
import type { FieldProperty } from "../../../lib/kintone";
import type { Condition } from "../condition/condition";
import { ConditionValue } from "./condition-value";
import css from "./list.module.css";

export type Choice = { field: FieldProperty; label: string; inTable: boolean };

type Props = {
  condition: Condition;
  choices: Choice[];
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

/** One condition: which field, compared how, with what. */
export function ConditionLine({ condition, choices, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const choice = choices.find((c) => c.field.code === condition.field);
  const operators = choice ? operatorsOf(choice) : [];
  const setField = (code: string | null) => {
    const next = choices.find((c) => c.field.code === code);
    const operator = next && operatorsOf(next)[0];
    if (next && operator) onChange({ field: next.field.code, operator, values: [] });
  };
  return (
    <li className={css.condition}>
      <Select
        aria-label={t("records.conditionField")}
        searchable
        allowDeselect={false}
        data={choices.map((c) => ({ value: c.field.code, label: c.label }))}
        value={condition.field}
        onChange={setField}
      />
      <Select
        aria-label={t("records.conditionOperator")}
        allowDeselect={false}
        data={operators.map((o) => ({ value: o, label: t(operatorKey(o, choice?.field)) }))}
        value={condition.operator}
        onChange={(o) => o && onChange({ ...condition, ...suited(condition, o as Operator) })}
      />
      {choice && <ConditionValue field={choice.field} condition={condition} onChange={onChange} />}
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("records.removeCondition")} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}

/** In a table "equals" is not a question one can ask: some row may, another may not. */
function operatorsOf({ field, inTable }: Choice): Operator[] {
  const all = infoOf(field.type)?.operators ?? [];
  return all.filter((o) => !inTable || (o !== "=" && o !== "!="));
}

/** Values fit between operators that take one; a list of values fits only another list. */
function suited(condition: Condition, operator: Operator): Partial<Condition> {
  const list = (o: Operator) => o === "in" || o === "not in";
  if (operator.startsWith("is")) return { operator, values: [] };
  return { operator, values: list(operator) === list(condition.operator) ? condition.values : [] };
}

const words: Record<Operator, string> = {
  "=": "equal",
  "!=": "notEqual",
  ">": "more",
  "<": "less",
  ">=": "atLeast",
  "<=": "atMost",
  in: "oneOf",
  "not in": "noneOf",
  like: "contains",
  "not like": "containsNot",
  "is empty": "empty",
  "is not empty": "notEmpty",
};

/** "≥" is "at least" of a number and "on or after" of a day. */
function operatorKey(operator: Operator, field?: FieldProperty): string {
  const input = field && infoOf(field.type)?.filterInput;
  const temporal = input === "date" || input === "datetime" || input === "time";
  return `records.operator.${temporal ? `time.${words[operator]}` : words[operator]}`;
}
