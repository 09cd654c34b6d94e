import { MultiSelect, Select, TagsInput, TextInput } from "@mantine/core";
import { TimeInput } from "@mantine/dates";
import { useTranslation } from "react-i18next";
import { infoOf } from "../../../fields/infos";
import { DayInput } from "../../../fields/shared/date-input";
import { PeopleInput } from "../../../fields/shared/people-input";
import { instant, wallClock } from "../../../lib/dates";
import { type FieldProperty, optionsOf } from "../../../lib/kintone";
import { plainNumber } from "../../../lib/numbers";
import type { Condition } from "../condition/condition";
import css from "./list.module.css";

type Props = { field: FieldProperty; condition: Condition; onChange: (condition: Condition) => void };

/** The right side of a condition, entered as the field's type wants it. */
export function ConditionValue({ field, condition, onChange }: Props) {
  const { t } = useTranslation();
  const label = t("records.conditionValue");
  const set = (values: string[]) => onChange({ ...condition, values });
  const one = (value: string) => set(value === "" ? [] : [value]);
  const value = condition.values[0] ?? "";
  const list = condition.operator === "in" || condition.operator === "not in";
  if (condition.operator.startsWith("is")) return <span />;
  switch (infoOf(field.type)?.filterInput) {
    case "options":
      return (
        <MultiSelect
          aria-label={label}
          searchable
          styles={{ inputField: { minWidth: 40 } }}
          data={[...optionsOf(field), { value: "", label: t("records.unchosen") }].map((o) =>
            typeof o === "string" ? { value: o, label: o } : o,
          )}
          value={condition.values}
          onChange={set}
        />
      );
    case "people":
      return <PeopleValue label={label} values={condition.values} onChange={set} />;
    case "date":
    case "datetime":
      return (
        <DayValue label={label} timed={infoOf(field.type)?.filterInput === "datetime"} value={value} onChange={one} />
      );
    case "time":
      return <TimeInput aria-label={label} value={value} onChange={(e) => one(e.currentTarget.value)} />;
    case "number":
      return (
        <TextInput
          aria-label={label}
          inputMode="decimal"
          value={value}
          onChange={(e) => one(plainNumber(e.currentTarget.value))}
        />
      );
    default:
      return list ? (
        <TagsInput aria-label={label} placeholder={t("records.severalHint")} value={condition.values} onChange={set} />
      ) : (
        <TextInput aria-label={label} value={value} onChange={(e) => one(e.currentTarget.value)} />
      );
  }
}

const me = "LOGINUSER()";

function PeopleValue({
  label,
  values,
  onChange,
}: {
  label: string;
  values: string[];
  onChange: (v: string[]) => void;
}) {
  const { t } = useTranslation();
  const myself = { code: me, name: t("records.loginUser") };
  return (
    <PeopleInput
      aria-label={label}
      extra={[myself]}
      value={values.map((code) => (code === me ? myself : { code, name: code }))}
      onChange={(people) => onChange(people.map((p) => p.code))}
    />
  );
}

const relative = [
  "TODAY()",
  "YESTERDAY()",
  "TOMORROW()",
  "THIS_WEEK()",
  "LAST_WEEK()",
  "NEXT_WEEK()",
  "THIS_MONTH()",
  "LAST_MONTH()",
  "NEXT_MONTH()",
  "THIS_YEAR()",
  "LAST_YEAR()",
  "NEXT_YEAR()",
];

type DayProps = { label: string; timed: boolean; value: string; onChange: (value: string) => void };

/** A day, fixed or told from today. For date-times a day begins at midnight of the user's zone. */
function DayValue({ label, timed, value, onChange }: DayProps) {
  const { t } = useTranslation();
  const fixed = value === "" || /^\d/.test(value);
  const day = fixed && value ? (timed ? wallClock(value).slice(0, 10) : value) : "";
  return (
    <span className={css.dayValue}>
      <Select
        aria-label={t("records.dayKind")}
        allowDeselect={false}
        searchable
        data={[
          { value: "fixed", label: t("records.day.fixed") },
          ...(timed ? [{ value: "NOW()", label: t("records.day.NOW") }] : []),
          ...relative.map((f) => ({ value: f, label: t(`records.day.${f.slice(0, -2)}`) })),
          ...(fixed || relative.includes(value) || value === "NOW()" ? [] : [{ value, label: value }]),
        ]}
        value={fixed ? "fixed" : value}
        onChange={(v) => onChange(v === "fixed" || !v ? "" : v)}
      />
      {fixed && (
        <DayInput aria-label={label} value={day} onChange={(d) => onChange(d && timed ? instant(`${d}T00:00`) : d)} />
      )}
    </span>
  );
}
