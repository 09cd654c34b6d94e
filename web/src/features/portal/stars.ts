import { useSyncExternalStore } from "react";
import { storage } from "../../lib/storage";

const watchers = new Set<() => void>();
let stars: ReadonlySet<string> | undefined;

const read = (): ReadonlySet<string> => {
  stars ??= new Set(storage.get<string[]>("stars", []));
  return stars;
};

/** The ids of the apps this person starred on this device. */
export function useStars(): ReadonlySet<string> {
  return useSyncExternalStore((fn) => {
    watchers.add(fn);
    return () => watchers.delete(fn);
  }, read);
}

export function toggleStar(app: string): void {
  const next = new Set(read());
  if (!next.delete(app)) next.add(app);
  stars = next;
  storage.set("stars", [...next]);
  for (const fn of watchers) fn();
}

/** The ids of the apps opened last on this device, newest first. */
export const recentApps = (): string[] => storage.get<string[]>("recent", []);

export function rememberApp(app: string): void {
  storage.set("recent", [app, ...recentApps().filter((id) => id !== app)].slice(0, 8));
}
