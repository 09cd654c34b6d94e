import type { ComponentType } from "react";
import { FieldDisplay } from "../../fields/displays";
import type { FieldProperty, FileValue, Value } from "../../lib/kintone";
import { cleanHtml } from "./clean";
import { SharedFiles } from "./files";
import { SharedTable } from "./table";

type Props = { field: FieldProperty; value: Value };

function RichText({ field, value }: Props) {
  return <FieldDisplay field={field} value={typeof value === "string" ? cleanHtml(value) : ""} />;
}

/** What is shown to outsiders in another way than to staff: bigger for thumbs, and nothing from elsewhere. */
const ownWays: Record<string, ComponentType<Props>> = {
  FILE: ({ value }) => <SharedFiles files={value as FileValue[]} />,
  SUBTABLE: SharedTable,
  RICH_TEXT: RichText,
};

const empty = (value: Value) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** A field's value; a dash where there is none. */
export function SharedValue({ field, value }: Props) {
  if (empty(value)) return <>–</>;
  const Own = ownWays[field.type] ?? FieldDisplay;
  return <Own field={field} value={value} />;
}
