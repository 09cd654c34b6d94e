import { useEffect, useRef, useState } from "react";
import type { RecordData } from "../../../lib/kintone";
import { storage } from "../../../lib/storage";

/** What was typed into a form and not saved, kept on this device through reloads, time-outs and conflicts. */
export type Draft = { at: string; revision: string; changed: RecordData };

const nameOf = (app: string, record: string) => `draft:${app}:${record || "new"}`;

/**
 * Keeps what is changed as a draft, a moment after the typing stops. found is the draft that was already there when the
 * form opened; it is not overwritten before someone has decided about it, or typed on.
 */
export function useDraft(app: string, record: string, revision: string, changed: RecordData) {
  const name = nameOf(app, record);
  const [found, setFound] = useState(() => storage.get<Draft | null>(name, null));
  const closed = useRef(false);
  const dirty = Object.keys(changed).length > 0;

  useEffect(() => {
    if (!dirty) return;
    const keep = () => {
      if (!closed.current) storage.set(name, { at: new Date().toISOString(), revision, changed } satisfies Draft);
    };
    const timer = setTimeout(keep, 300);
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [name, revision, changed, dirty]);

  const forget = () => {
    storage.remove(name);
    setFound(null);
  };
  /** Forgets the draft for good: the form was saved or left, and what is still in it counts no more. */
  const close = () => {
    closed.current = true;
    forget();
  };
  return { found, forget, close, decided: () => setFound(null) };
}
