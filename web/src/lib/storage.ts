import { boot } from "./boot";

/**
 * Small things remembered on this device, kept apart by user so that two people who share a computer do not see
 * each other's drafts. Reading what is broken or missing gives the fallback; a full or forbidden storage is ignored,
 * because nothing kept here is needed for correctness.
 */
const key = (name: string) => `engawa:${boot().user?.code ?? ""}:${name}`;

export const storage = {
  get<T>(name: string, fallback: T): T {
    try {
      const text = localStorage.getItem(key(name));
      return text === null ? fallback : (JSON.parse(text) as T);
    } catch {
      return fallback;
    }
  },
  set(name: string, value: unknown): void {
    try {
      localStorage.setItem(key(name), JSON.stringify(value));
    } catch {
      // quota or private mode
    }
  },
  remove(name: string): void {
    try {
      localStorage.removeItem(key(name));
    } catch {
      // as above
    }
  },
};
