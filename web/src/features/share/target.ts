import type { ComponentType } from "react";
import type { Fields, LayoutItem } from "../../lib/kintone";
import type { SharedRecord } from "../../lib/shared";

/** The record that is shared, and the form it stands on. */
export type ShareTarget = {
  app: string;
  record: string;
  /** What the record is called. */
  title: string;
  titleField: string | null;
  fields: Fields;
  layout: LayoutItem[];
};

/** Draws what an outsider is told about a record; it belongs to the outsider's page and is handed in by app/. */
export type SharedSheetOf = ComponentType<{ record: SharedRecord }>;
