import DateDisplay from "../date/display";
import DateTimeDisplay from "../datetime/display";
import NumberDisplay from "../number/display";
import TimeDisplay from "../time/display";
import type { Display, DisplayProps } from "../types";

const moments: Record<string, Display> = { DATE: DateDisplay, DATETIME: DateTimeDisplay, TIME: TimeDisplay };

/** What a formula gives, in the field's format. Hours as "25:01" are their own text. */
export default function CalcDisplay(p: DisplayProps) {
  const { format } = p.field;
  const Moment = moments[format ?? ""];
  return Moment ? <Moment {...p} /> : <NumberDisplay {...p} field={{ ...p.field, digit: format === "NUMBER_DIGIT" }} />;
}
