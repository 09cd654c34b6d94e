import { useEffect, useReducer, useRef } from "react";

type Mark = { at: number; done: number };
export type Pace = { perSecond: number; secondsLeft: number };

/** How far back work is looked at: long enough to be steady, short enough to be true. */
const span = 15_000;

/** Adds how much was done at a moment, and forgets what is too long ago. Work that began again starts anew. */
export function mark(marks: readonly Mark[], now: Mark): Mark[] {
  const last = marks.at(-1);
  if (last && now.done < last.done) return [now];
  const recent = marks.filter((m) => now.at - m.at <= span);
  return [...recent, now];
}

/** The speed of the marked work and when it will be through; undefined until that can be told. */
export function paceOf(marks: readonly Mark[], total: number): Pace | undefined {
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last || last.at - first.at < 1_500 || last.done === first.done) return undefined;
  const perSecond = ((last.done - first.done) * 1000) / (last.at - first.at);
  return { perSecond, secondsLeft: Math.max(0, total - last.done) / perSecond };
}

/** The pace of work that a component is told about as it goes on. */
export function usePace(done: number, total: number): Pace | undefined {
  const marks = useRef<Mark[]>([]);
  const [, draw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    marks.current = mark(marks.current, { at: Date.now(), done });
    draw();
  }, [done]);
  return paceOf(marks.current, total);
}

/** A rest of time as people say it: in seconds up to a minute, then minutes, then hours. */
export function restOf(seconds: number): { unit: "seconds" | "minutes" | "hours"; count: number } {
  if (seconds < 55) return { unit: "seconds", count: Math.max(5, Math.ceil(seconds / 5) * 5) };
  if (seconds < 55 * 60) return { unit: "minutes", count: Math.round(seconds / 60) || 1 };
  return { unit: "hours", count: Math.round(seconds / 3600) || 1 };
}
