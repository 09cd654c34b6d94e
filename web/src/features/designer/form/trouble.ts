import { useTranslation } from "react-i18next";
import type { Key } from "../model/form";
import { useDesigner } from "../state";

/** What is wrong with a part, in words: found here, or told by the server. */
export function useTrouble(key: Key): string[] {
  const { t } = useTranslation();
  const { problems, saving } = useDesigner();
  const found = problems.get(key)?.map((p) => t(`designer.problem.${p.name}`)) ?? [];
  const told = saving.kind === "failed" ? (saving.about.get(key) ?? []) : [];
  return [...new Set([...found, ...told])];
}
