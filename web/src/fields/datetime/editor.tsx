import { TimeInput } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { instant, today, wallClock } from "../../lib/dates";
import { DayInput } from "../shared/date-input";
import css from "../shared/fields.module.css";
import { inputProps, textOf } from "../shared/input";
import type { EditorProps } from "../types";

/**
 * A minute in the user's time zone, as day and time side by side. A day without a time is midnight, a time without a
 * day is today's; while one of them is being cleared nothing is sent.
 */
export default function DateTimeEditor(p: EditorProps) {
  const { t } = useTranslation();
  const value = textOf(p);
  const wall = value ? wallClock(value) : "";
  const [time, setTime] = useState<string>();
  const set = (day: string, clock: string) =>
    p.onChange(day || clock ? instant(`${day || today()}T${clock || "00:00"}`) : "");
  return (
    <div className={css.inputs}>
      <DayInput
        {...inputProps(p)}
        value={wall.slice(0, 10)}
        onChange={(day) => (day ? set(day, wall.slice(11)) : p.onChange(""))}
      />
      <TimeInput
        aria-label={t("fields.timeOf", { field: p.field.label })}
        error={!!p.error}
        value={time ?? wall.slice(11)}
        onChange={(e) => {
          setTime(e.currentTarget.value);
          if (e.currentTarget.value) set(wall.slice(0, 10), e.currentTarget.value);
        }}
        onBlur={() => setTime(undefined)}
      />
    </div>
  );
}
