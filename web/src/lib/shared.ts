import type { FieldProperty, Value } from "./kintone";

// What an outsider is told about one record. The staff's preview of a link is the same, made by the same code.

/** A field an outsider may see: its value, and as much of its settings as showing it takes. */
export type SharedField = FieldProperty & { value: Value };

export type SharedComment = {
  id: string;
  text: string;
  createdAt: string;
  author: { name: string; mine: boolean; company: boolean };
};

export type SharedRecord = {
  company: string;
  title: string;
  /** In the order of the form. */
  fields: SharedField[];
  /** Oldest first. */
  comments: SharedComment[];
  can: { comment: boolean; download: boolean };
  expiresAt: string | null;
};
