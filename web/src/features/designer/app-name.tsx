import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./designer.module.css";
import { appKey } from "./model/problems";
import { useDesigner } from "./state";

/** The app's name, written where it stands. */
export function AppName() {
  const { t } = useTranslation();
  const { draft, problems, change } = useDesigner();
  const problem = problems.get(appKey)?.find((p) => p.at === "name");
  return (
    <TextInput
      className={css.appName}
      variant="unstyled"
      aria-label={t("designer.appName")}
      autoComplete="off"
      value={draft.general.name}
      error={problem && t(`designer.problem.${problem.name}`)}
      onChange={(e) => {
        const name = e.currentTarget.value;
        change((d) => ({ ...d, general: { ...d.general, name } }), "app name");
      }}
    />
  );
}
