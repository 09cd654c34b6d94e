/**
 * A message that is being written, kept for this tab only: the device may be shared, and what is not sent should not
 * outlive the visit. A forbidden storage is ignored.
 */
const key = () => `engawa:draft:${location.pathname}`;

export const draft = {
  get(): string {
    try {
      return sessionStorage.getItem(key()) ?? "";
    } catch {
      return "";
    }
  },
  set(text: string): void {
    try {
      if (text) sessionStorage.setItem(key(), text);
      else sessionStorage.removeItem(key());
    } catch {
      // nothing to keep it in
    }
  },
};
