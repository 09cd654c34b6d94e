import { useSyncExternalStore } from "react";

// A form must not be saved while a file of it is still on its way.
let running = 0;
const watchers = new Set<() => void>();

/** Counts a transfer in until the returned function is called. */
export function uploadStarted(): () => void {
  const change = (by: number) => {
    running += by;
    for (const fn of watchers) fn();
  };
  change(1);
  return () => change(-1);
}

/** True while any file is being sent. */
export const useUploading = (): boolean =>
  useSyncExternalStore(
    (fn) => {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    () => running > 0,
  );
