import type { Person } from "../../../lib/kintone";
import type { Mention } from "./api";

/** A name being written after "@", from start up to the caret. */
export type Writing = { start: number; end: number; word: string };

/** The mention that the caret stands in, full-width ＠ included. */
export function mentionAt(text: string, caret: number): Writing | undefined {
  if (caret < 1) return undefined;
  const match = /(?:^|[\s\u3000])[@＠]([^\s\u3000@＠]{0,30})$/.exec(text.slice(0, caret));
  const word = match?.[1];
  return word === undefined ? undefined : { start: caret - word.length - 1, end: caret, word };
}

/** Puts a person's name in place of what was typed. */
export function insertMention(text: string, { start, end }: Writing, person: Person): { text: string; caret: number } {
  const name = `@${person.name} `;
  return { text: text.slice(0, start) + name + text.slice(end), caret: start + name.length };
}

/** Those of the chosen people whose names are still in the text. */
export function mentionedIn(text: string, chosen: Person[]): Mention[] {
  const codes = chosen.filter((p) => text.includes(`@${p.name}`)).map((p) => p.code);
  return [...new Set(codes)].map((code) => ({ code, type: "USER" }));
}
