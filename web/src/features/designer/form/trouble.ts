import { useTranslation } from "react-i18next";
import type { Key } from "../model/form";
import type { Problem } from "../model/problems";
import { type Designer, useDesigner } from "../state";

/** What is wrong with a part: found here, or told by the server. */
export type Trouble = { found?: Problem[]; told?: string[] };

export const troubleOf = ({ problems, saving }: Designer, key: Key): Trouble => ({
  found: problems.get(key),
  told: saving.kind === "failed" ? saving.about.get(key) : undefined,
});

/** Trouble in words, each once. */
export function useWords({ found = [], told = [] }: Trouble): string[] {
  const { t } = useTranslation();
  return [...new Set([...found.map((p) => t(`designer.problem.${p.name}`)), ...told])];
}

export const useTrouble = (key: Key): string[] => useWords(troubleOf(useDesigner(), key));
