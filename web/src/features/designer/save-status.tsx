import { Menu, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCloudUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useProblemText } from "../../ui/errors";
import { openSection } from "./designer";
import css from "./designer.module.css";
import { appKey } from "./model/problems";
import { useDesigner } from "./state";

/** What has become of the changes: saved, under way, waiting for a correction, or not taken. */
export function SaveStatus() {
  const { t } = useTranslation();
  const { saving, flush } = useDesigner();
  const problemText = useProblemText();
  switch (saving.kind) {
    case "held":
      return <ToCorrect />;
    case "failed":
      return (
        <div role="alert" className={css.statusAlert}>
          <UnstyledButton
            className={css.status}
            data-bad
            onClick={() => void flush()}
            title={problemText(saving.error)}
          >
            <IconAlertTriangle size={16} aria-hidden />
            <span className={css.statusText}>{t("designer.saveFailed")}</span>
            <span className={css.statusAct}>{t("common.retry")}</span>
          </UnstyledButton>
        </div>
      );
    default: {
      const done = saving.kind === "saved";
      return (
        <span className={css.status} role="status">
          {done ? <IconCheck size={16} aria-hidden /> : <IconCloudUpload size={16} aria-hidden />}
          <span className={css.statusText}>{t(done ? "designer.saved" : "designer.saving")}</span>
        </span>
      );
    }
  }
}

/** What keeps the draft from being saved, each leading to its place. */
function ToCorrect() {
  const { t } = useTranslation();
  const { draft, problems, select } = useDesigner();
  const count = problems.size;
  if (count === 0) return null;
  return (
    <Menu position="bottom-start">
      <div role="alert" className={css.statusAlert}>
        <Menu.Target>
          <UnstyledButton className={css.status} data-bad>
            <IconAlertTriangle size={16} aria-hidden />
            <span className={css.statusText}>{t("designer.toCorrect", { count })}</span>
          </UnstyledButton>
        </Menu.Target>
      </div>
      <Menu.Dropdown>
        {[...problems].map(([key, [first]]) => {
          const field = draft.form.fields[key];
          const view = draft.views.find((v) => v.key === key);
          const name =
            field?.label || view?.name || (key === appKey ? t("designer.section.settings") : t("designer.noName"));
          return (
            <Menu.Item
              key={key}
              onClick={() => {
                openSection(field ? "form" : view ? "views" : "settings");
                select(key);
              }}
            >
              {name}: {first && t(`designer.problem.${first.name}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
