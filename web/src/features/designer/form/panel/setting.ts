import { useTranslation } from "react-i18next";
import { changeField } from "../../model/edit";
import type { Field } from "../../model/form";
import { useDesigner } from "../../state";

/** How a field's settings are changed, and what is wrong with one. A mark joins the steps of one typing. */
export function useSetting(field: Field) {
  const { t } = useTranslation();
  const { changeForm, problems } = useDesigner();
  return {
    set: (change: Partial<Field>, mark?: string) =>
      changeForm((f) => changeField(f, field.key, change), mark && `${mark} ${field.key}`),
    problem: (at: string): string | undefined => {
      const found = problems.get(field.key)?.find((p) => p.at === at);
      return found && t(`designer.problem.${found.name}`);
    },
  };
}
