import { boot } from "./boot";
import { language } from "./i18n";

/**
 * Dates as people read them, the same everywhere: 2026年11月21日(土) 18:30 / Sat 21 Nov 2026 18:30, in the user's time
 * zone. DATE values ("2026-11-21") and TIME values ("18:30") have no zone and are never moved.
 */
export const timeZone = (): string => boot().user?.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone;

// Three letters each; what browsers call September in British English has four.
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type Parts = { year: string; month: string; day: string; weekday: string; hour: string; minute: string };
const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(at: Date, zone: string): Parts {
  const lang = language();
  const key = `${lang} ${zone}`;
  let f = formatters.get(key);
  if (!f) {
    f = new Intl.DateTimeFormat(lang === "ja" ? "ja-JP" : "en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formatters.set(key, f);
  }
  const out: Record<string, string> = {};
  for (const p of f.formatToParts(at)) out[p.type] = p.value;
  return out as Parts;
}

function day(p: Parts): string {
  return language() === "ja"
    ? `${p.year}年${p.month}月${p.day}日(${p.weekday})`
    : `${p.weekday} ${Number(p.day)} ${monthNames[Number(p.month) - 1]} ${p.year}`;
}

/** "2026-11-21" as a calendar day; what is no date comes back as it is. */
export function formatDate(value: string): string {
  const at = new Date(`${value}T00:00:00Z`);
  return value && !Number.isNaN(at.getTime()) ? day(parts(at, "UTC")) : value;
}

/** "18:30"; seconds are not shown. */
export const formatTime = (value: string): string => value.slice(0, 5);

/** An instant (RFC 3339) as day and minute in the user's zone. */
export function formatDateTime(value: string): string {
  const at = new Date(value);
  if (!value || Number.isNaN(at.getTime())) return value;
  const p = parts(at, timeZone());
  return `${day(p)} ${p.hour}:${p.minute}`;
}

/** An instant as people say it shortly after: "18:30" today, "昨日 18:30", then the whole date. */
export function formatRecent(value: string, now = new Date()): string {
  const at = new Date(value);
  if (!value || Number.isNaN(at.getTime())) return value;
  const clock = wallClock(value).slice(11);
  const days = daysBetween(wallClock(value).slice(0, 10), wallClock(now.toISOString()).slice(0, 10));
  if (days === 0) return clock;
  if (days === 1) return language() === "ja" ? `昨日 ${clock}` : `yesterday ${clock}`;
  return formatDateTime(value);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** An instant as the wall clock "2026-11-21T18:30" of a zone, for date-time inputs. */
export function wallClock(value: string, zone = timeZone()): string {
  const f = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const p: Record<string, string> = {};
  for (const x of f.formatToParts(new Date(value))) p[x.type] = x.value;
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/**
 * The instant ("2026-11-21T09:30:00Z") at which a zone's clocks show a wall clock. A time that the clocks skip
 * becomes the same distance after the jump; one they show twice becomes the first.
 */
export function instant(wall: string, zone = timeZone()): string {
  const naive = Date.parse(`${wall}:00Z`);
  const offset = (at: number) => Date.parse(`${wallClock(new Date(at).toISOString(), zone)}:00Z`) - at;
  const early = naive - offset(naive - 86_400_000);
  const late = naive - offset(early);
  const at = early + offset(early) === naive || late + offset(late) !== naive ? early : late;
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** Today's calendar day in the user's zone. */
export const today = (): string => wallClock(new Date().toISOString()).slice(0, 10);

/**
 * The day that someone typed, as "2026-11-21", or null. Understands 2026年11月21日(土), 2026/11/21, 20261121, 11/21 (this
 * year) and 21 Nov 2026, in full width too.
 */
export function parseDate(typed: string): string | null {
  const text = typed.normalize("NFKC").trim().toLowerCase();
  const full = /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D.*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (full) return calendarDay(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})\s*[/月.-]\s*(\d{1,2})日?$/.exec(text);
  if (short) return calendarDay(Number(today().slice(0, 4)), Number(short[1]), Number(short[2]));
  const english = /(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})/.exec(text);
  if (english)
    return calendarDay(
      Number(english[3]),
      monthNames.findIndex((m) => m.toLowerCase() === english[2]) + 1,
      Number(english[1]),
    );
  return null;
}

function calendarDay(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.toISOString().slice(0, 10) : null;
}
