import { Button, Checkbox, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldProperty } from "../../lib/kintone";
import { OutsideBadge } from "../../ui/outside-badge";
import type { Draft } from "./draft";
import type { Choosable } from "./fields";
import css from "./share.module.css";
import type { ShareTarget } from "./target";

type Props = {
  choices: Choosable[];
  chosen: ReadonlySet<string>;
  title: string;
  record: Pick<ShareTarget, "title" | "titleField">;
  mayDownload: boolean;
  onChange: (next: Partial<Draft>) => void;
};

/** What is shown: nothing until it is chosen, and what is chosen wears the colour of the outside. */
export function FieldChoice({ choices, chosen, title, record, mayDownload, onChange }: Props) {
  const { t } = useTranslation();
  const titleField = choices.find((c) => c.field.code === record.titleField)?.field;
  const toggle = (code: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(code);
    else next.delete(code);
    onChange({ fields: next });
  };
  const explain = (field: FieldProperty): string | undefined => {
    if (field.type === "SUBTABLE") {
      const columns = Object.values(field.fields ?? {}).map((c) => c.label);
      return t("share.tableHint", { columns: columns.join(t("share.comma")) });
    }
    if (field.type !== "FILE" || !chosen.has(field.code)) return undefined;
    return t(mayDownload ? "share.fileHint" : "share.fileNameHint");
  };
  return (
    <fieldset className={css.part}>
      <legend>{t("share.what")}</legend>
      <TextInput
        label={t("share.title")}
        description={t("share.titleHint")}
        value={title}
        onChange={(e) => onChange({ title: e.currentTarget.value })}
      />
      {titleField && chosen.size === 0 && (
        <Button
          className={css.suggestion}
          size="compact-sm"
          variant="default"
          onClick={() => onChange({ fields: new Set([titleField.code]), title: title || record.title })}
        >
          {t("share.onlyTitle", { label: titleField.label, title: record.title })}
        </Button>
      )}
      <ul className={css.fields}>
        {choices.map(({ field, group }, i) => (
          <li key={field.code} data-chosen={chosen.has(field.code) || undefined}>
            {group && group !== choices[i - 1]?.group && <span className={css.group}>{group}</span>}
            <div className={css.field}>
              <Checkbox
                color="kaki"
                label={field.label}
                description={explain(field)}
                checked={chosen.has(field.code)}
                onChange={(e) => toggle(field.code, e.currentTarget.checked)}
              />
              {chosen.has(field.code) && <OutsideBadge />}
            </div>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
