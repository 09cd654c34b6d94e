import { instant, today, wallClock } from "../../lib/dates";
import type { Share, ShareInput } from "./api";
import { makePassword } from "./password";

/** A link as the dialog edits it. */
export type Draft = {
  title: string;
  fields: ReadonlySet<string>;
  /** The password a new one is given; undefined leaves the one there is, empty is none. */
  password: string | undefined;
  /** The last day, "" for ever. */
  lastDay: string;
  mayComment: boolean;
  mayDownload: boolean;
};

export const dayChoices = [7, 30, 90] as const;

/** The calendar day that many days from now. */
export function dayIn(days: number): string {
  const at = new Date(`${today()}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** A new link shows nothing yet, asks for a password and ends in a month. */
export const newDraft = (): Draft => ({
  title: "",
  fields: new Set(),
  password: makePassword(),
  lastDay: dayIn(30),
  mayComment: true,
  mayDownload: false,
});

export const draftOf = (share: Share): Draft => ({
  title: share.title,
  fields: new Set(share.fields),
  password: share.hasPassword ? undefined : "",
  lastDay: share.expiresAt ? wallClock(share.expiresAt).slice(0, 10) : "",
  mayComment: share.mayComment,
  mayDownload: share.mayDownload,
});

/** The draft as it is sent: fields in the order of the form, and the last day to its last minute. */
export const inputOf = (draft: Draft, order: string[]): ShareInput => ({
  title: draft.title.trim(),
  fields: order.filter((code) => draft.fields.has(code)),
  ...(draft.password === undefined ? {} : { password: draft.password }),
  expiresAt: draft.lastDay ? instant(`${draft.lastDay}T23:59`) : null,
  mayComment: draft.mayComment,
  mayDownload: draft.mayDownload,
});
