import { useTranslation } from "react-i18next";
import { confirm } from "../../../ui/confirm";
import { failed, said } from "../../../ui/toast";
import { deploy, loadPreview } from "../api";
import { useDesigner } from "../state";
import { ChangeList } from "./change-list";

/** Asks, then gives up what is not published: the draft becomes what is live. Undo brings it back. */
export function useDiscard(): () => Promise<void> {
  const { t } = useTranslation();
  const designer = useDesigner();
  return async () => {
    const { app, live, changes } = designer;
    const yes = await confirm({
      title: t("designer.discardTitle", { count: changes.length }),
      body: <ChangeList changes={changes} />,
      confirm: t("designer.discard"),
      danger: true,
    });
    if (!yes) return;
    try {
      await designer.flush();
      await deploy(app, undefined, true);
      const held = await loadPreview(app, live);
      designer.rebase(held, held.draft);
      said(t("designer.wasDiscarded"), designer.undo);
    } catch (error) {
      failed(error);
    }
  };
}
