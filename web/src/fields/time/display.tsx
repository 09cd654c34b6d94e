import { formatTime } from "../../lib/dates";
import type { DisplayProps } from "../types";

export default function TimeDisplay({ value }: DisplayProps) {
  return typeof value === "string" && value ? <time dateTime={value}>{formatTime(value)}</time> : null;
}
