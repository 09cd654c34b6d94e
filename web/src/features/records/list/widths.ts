import { useCallback, useState } from "react";
import { storage } from "../../../lib/storage";

export type Widths = Record<string, number>;
export const narrowest = 56;

/** The widths someone dragged the columns of a view to, kept on this device. */
export function useWidths(app: string, view: string): [Widths, (code: string, width: number) => void] {
  const name = `widths:${app}:${view}`;
  const [kept, setKept] = useState<{ name: string; widths: Widths }>({ name: "", widths: {} });
  const widths = kept.name === name ? kept.widths : storage.get<Widths>(name, {});
  if (kept.name !== name) setKept({ name, widths });
  const set = useCallback(
    (code: string, width: number) =>
      setKept(({ widths: old }) => {
        const next = { ...old, [code]: Math.max(narrowest, Math.round(width)) };
        storage.set(name, next);
        return { name, widths: next };
      }),
    [name],
  );
  return [widths, set];
}
