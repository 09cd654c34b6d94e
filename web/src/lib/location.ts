import { useSyncExternalStore } from "react";

/** The address bar as state: screens keep in it what a link should restore. */
const changed = new Set<() => void>();

function subscribe(fn: () => void): () => void {
  changed.add(fn);
  window.addEventListener("popstate", fn);
  window.addEventListener("hashchange", fn);
  return () => {
    changed.delete(fn);
    window.removeEventListener("popstate", fn);
    window.removeEventListener("hashchange", fn);
  };
}

/** The query string's values, current after every change of the address. */
export function useSearch(): URLSearchParams {
  return new URLSearchParams(useSyncExternalStore(subscribe, () => location.search));
}

/** The part after "#", read as name=value pairs ("#record=12&mode=edit"). */
export function useHash(): URLSearchParams {
  return new URLSearchParams(useSyncExternalStore(subscribe, () => location.hash).replace(/^#/, ""));
}

/** The part after "#" as it is ("/ntf"). */
export function useRawHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash).replace(/^#/, "");
}

/** Changes the address without loading a document; replace leaves no step in the browser's history. */
export function setAddress(url: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(history.state, "", url);
  else history.pushState(null, "", url);
  for (const fn of changed) fn();
}

/** This address's query string with some values set, or left out where undefined or empty. */
export function withSearch(changes: Record<string, string | undefined>): string {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  const text = search.toString();
  return location.pathname + (text ? `?${text}` : "") + location.hash;
}

/** Loads another document. */
export const go = (url: string) => location.assign(url);
