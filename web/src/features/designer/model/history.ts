/** The past and future of what is edited. Steps with the same mark, one right after another, are one step. */
export type History<T> = { past: T[]; present: T; future: T[]; mark?: string };

/** As many steps as can be taken back. */
const depth = 200;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [] });

/** A new step; typing in one input marks its steps alike, so that they are taken back together. */
export function record<T>(h: History<T>, present: T, mark?: string): History<T> {
  if (present === h.present) return h;
  if (mark !== undefined && mark === h.mark) return { ...h, present, future: [] };
  return { past: [...h.past, h.present].slice(-depth), present, future: [], mark };
}

export function undo<T>(h: History<T>): History<T> {
  const present = h.past.at(-1);
  return present === undefined ? h : { past: h.past.slice(0, -1), present, future: [h.present, ...h.future] };
}

export function redo<T>(h: History<T>): History<T> {
  const [present, ...future] = h.future;
  return present === undefined ? h : { past: [...h.past, h.present], present, future };
}

/** Ends a run of steps with the same mark, as when an input is left. */
export const settle = <T>(h: History<T>): History<T> => (h.mark === undefined ? h : { ...h, mark: undefined });
