import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldError } from "../../ui/errors";
import type { Column, ColumnChoice } from "./api";
import { columnTypes, confidence } from "./columns";
import css from "./import.module.css";

type Props = {
  column: Column;
  choice: ColumnChoice;
  problems: string[];
  onChange: (change: Partial<Omit<ColumnChoice, "index">>) => void;
};

export const nameInput = (index: number) => `column-${index}`;

/** What becomes of one column: taken or not, its name, its type and how sure the guess is. */
export function ColumnHead({ column, choice, problems, onChange }: Props) {
  const { t } = useTranslation();
  const sure = confidence(column, choice);
  const number = column.index + 1;
  const errorId = `${nameInput(column.index)}-error`;
  return (
    <div className={css.column} data-skip={choice.skip || undefined}>
      <Checkbox
        size="xs"
        label={t("import.take")}
        aria-label={t("import.takeColumn", { number })}
        checked={!choice.skip}
        onChange={(e) => onChange({ skip: !e.currentTarget.checked })}
      />
      <TextInput
        id={nameInput(column.index)}
        size="xs"
        aria-label={t("import.columnName", { number })}
        aria-describedby={problems.length > 0 ? errorId : undefined}
        error={problems.length > 0}
        disabled={choice.skip}
        value={choice.label}
        onChange={(e) => onChange({ label: e.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t("import.columnType", { number })}
        disabled={choice.skip}
        value={choice.type}
        data={columnTypes.map((type) => ({ value: type, label: t(`fields.type.${type}`) }))}
        onChange={(e) => onChange({ type: e.currentTarget.value })}
      />
      <span className={css.confidence} data-sure={sure}>
        {t(`import.confidence.${sure}`)}
      </span>
      <FieldError id={errorId} messages={problems} />
      {!choice.skip && column.issues.map((issue) => <p key={issue}>{issue}</p>)}
    </div>
  );
}
