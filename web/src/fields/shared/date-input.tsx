import "@mantine/dates/styles.layer.css";
import "dayjs/locale/ja";
import { DateInput, DatesProvider } from "@mantine/dates";
import type { ComponentProps } from "react";
import { formatDate, parseDate } from "../../lib/dates";
import { language, t } from "../../lib/i18n";

type Props = Omit<ComponentProps<typeof DateInput>, "value" | "onChange"> & {
  value: string;
  onChange: (value: string) => void;
};

/** A day, typed in any of the ways people write one or chosen from a calendar. */
export function DayInput({ value, onChange, ...rest }: Props) {
  return (
    <DatesProvider settings={{ locale: language(), firstDayOfWeek: 0 }}>
      <DateInput
        miw={180} // a whole day in Japanese, and the mark that clears it
        {...rest}
        valueFormat={formatDate}
        dateParser={parseDate}
        clearButtonProps={{ "aria-label": t("common.clear") }}
        clearable={!rest["aria-required"]}
        popoverProps={{ withinPortal: true }}
        value={value || null}
        onChange={(v) => onChange(v ?? "")}
      />
    </DatesProvider>
  );
}
