import { NativeSelect, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Import, Reading } from "./api";
import css from "./import.module.css";

/** Separators by the words for them: the characters themselves would be hard to see in a list. */
const separators: Record<string, string> = { ",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe" };

type Props = { made: Import; busy: boolean; onChange: (reading: Reading) => void };

/** How the file is read, to be corrected where the guess is wrong. Each correction reads it again. */
export function ReadingControls({ made, busy, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={css.reading} disabled={busy}>
      <legend className="visually-hidden">{t("import.reading")}</legend>
      {made.kind === "csv" ? (
        <>
          <NativeSelect
            label={t("import.encoding")}
            value={made.encoding}
            data={made.encodings}
            onChange={(e) => onChange({ encoding: e.currentTarget.value })}
          />
          <NativeSelect
            label={t("import.separator")}
            value={made.separator}
            data={Object.entries(separators).map(([value, word]) => ({ value, label: t(`import.separator.${word}`) }))}
            onChange={(e) => onChange({ separator: e.currentTarget.value })}
          />
        </>
      ) : (
        <NativeSelect
          label={t("import.sheet")}
          value={made.sheet}
          data={made.sheets}
          onChange={(e) => onChange({ sheet: e.currentTarget.value })}
        />
      )}
      <Switch
        className={css.header}
        label={t("import.hasHeader")}
        checked={made.hasHeader}
        onChange={(e) => onChange({ hasHeader: e.currentTarget.checked })}
      />
    </fieldset>
  );
}
