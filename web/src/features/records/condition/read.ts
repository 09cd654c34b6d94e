import type { Operator } from "../../../fields/types";
import type { Condition, Filter } from "./condition";

type Token = { kind: "string" | "word" | "symbol"; text: string };
const blank = /[\s\u3000]/;

/**
 * Reads a condition written in the query language into what the filter dialog can show. Null means that it says more
 * than the dialog can: brackets, or "and" mixed with "or".
 */
export function readFilter(text: string): Filter | null {
  const tokens = lex(text);
  if (!tokens) return null;
  if (tokens.length === 0) return { match: "all", conditions: [] };
  const conditions: Condition[] = [];
  let match: Filter["match"] | undefined;
  let i = 0;
  const word = () => (tokens[i]?.kind === "word" ? tokens[i]?.text.toLowerCase() : undefined);
  while (i < tokens.length) {
    const read = readCondition(tokens, i);
    if (!read) return null;
    conditions.push(read.condition);
    i = read.next;
    if (i === tokens.length) break;
    const joint = word() === "and" ? "all" : word() === "or" ? "any" : undefined;
    if (!joint || (match && match !== joint)) return null;
    match = joint;
    i++;
  }
  return { match: match ?? "all", conditions };
}

function readCondition(tokens: Token[], start: number): { condition: Condition; next: number } | null {
  let i = start;
  const field = tokens[i++];
  if (field?.kind !== "word") return null;
  const words: string[] = [];
  while (tokens[i]?.kind === "word" && /^(not|in|like|is|empty)$/i.test(tokens[i]?.text ?? "")) {
    words.push((tokens[i++]?.text ?? "").toLowerCase());
  }
  if (words.length === 0) {
    const symbol = tokens[i++];
    if (symbol?.kind !== "symbol") return null;
    words.push(symbol.text);
  }
  const operator = words.join(" ") as Operator;
  if (operator === "is empty" || operator === "is not empty") {
    return { condition: { field: field.text, operator, values: [] }, next: i };
  }
  if (operator === "in" || operator === "not in") {
    if (tokens[i++]?.text !== "(") return null;
    const values: string[] = [];
    while (tokens[i] && tokens[i]?.text !== ")") {
      const value = tokens[i++];
      if (value?.text !== ",") values.push(value?.text ?? "");
    }
    return tokens[i] ? { condition: { field: field.text, operator, values }, next: i + 1 } : null;
  }
  if (!/^(=|!=|>|<|>=|<=|like|not like)$/.test(operator)) return null;
  const value = tokens[i++];
  if (!value || value.kind === "symbol") return null;
  return { condition: { field: field.text, operator, values: [value.text] }, next: i };
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** Cuts a query into strings (unescaped), words (a function with its arguments is one) and symbols. */
function lex(text: string): Token[] | null {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i] ?? "";
    if (blank.test(c)) {
      i++;
    } else if (c === '"') {
      let value = "";
      for (i++; text[i] !== '"'; i++) {
        if (i >= text.length) return null;
        const escaped = text[i] === "\\";
        if (escaped) i++;
        const at = text[i] ?? "";
        value += escaped ? (escapes[at] ?? at) : at;
      }
      i++;
      tokens.push({ kind: "string", text: value });
    } else if (/^[=<>!(),]/.test(c)) {
      const two = text.slice(i, i + 2);
      const symbol = ["!=", ">=", "<="].includes(two) ? two : c;
      tokens.push({ kind: "symbol", text: symbol });
      i += symbol.length;
    } else {
      const word = /^[A-Z_]+\([^()"]*\)/.exec(text.slice(i))?.[0] ?? /^[^\s\u3000"=<>!(),]+/.exec(text.slice(i))?.[0];
      if (!word) return null;
      tokens.push({ kind: "word", text: word });
      i += word.length;
    }
  }
  return tokens;
}
