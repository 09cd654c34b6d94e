import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { setAddress, useHash } from "../../lib/location";
import { useCommands } from "../../ui/command";
import { Bar } from "./bar";
import { type DesignerActs, designerCommands } from "./commands";
import { ConflictDialog } from "./conflict";
import css from "./designer.module.css";
import { FormSection } from "./form/section";
import type { Draft, Section } from "./model/draft";
import { sections } from "./model/draft";
import type { Held } from "./model/saver";
import type { Lent } from "./page";
import { PermissionsSection } from "./permissions/section";
import { PreviewDialog } from "./preview";
import { PublishDialog } from "./publish/dialog";
import { SettingsSection } from "./settings/section";
import { DesignerContext, useDesignerState } from "./state";
import { TokensSection } from "./tokens/section";
import { ViewsSection } from "./views/section";

type Props = { app: string; held: Held; live: Draft | undefined; lent: Lent };

/** The whole page around one app's draft: the bar, the sections, and the questions above them. */
export function DesignerScreen({ app, held, live, lent }: Props) {
  const { t } = useTranslation();
  const designer = useDesignerState(app, held, live);
  const [open, setOpen] = useState<"preview" | "publish">();
  const close = useCallback(() => setOpen(undefined), []);
  const section = sectionOf(useHash().get("section"));

  const acts = useMemo<DesignerActs>(
    () => ({ designer, preview: () => setOpen("preview"), publish: () => setOpen("publish") }),
    [designer],
  );
  useCommands(designerCommands, acts);
  useRedoWithShift(designer.redo);

  return (
    <DesignerContext value={designer}>
      <div className={css.screen} onBlurCapture={designer.settle}>
        <h1 className="visually-hidden">{t("designer.heading", { name: designer.draft.general.name })}</h1>
        <Bar section={section} acts={acts} />
        <div className={css.section} data-section={section}>
          {section === "form" && <FormSection />}
          {section === "views" && <ViewsSection FilterDialog={lent.FilterDialog} />}
          {section === "settings" && <SettingsSection />}
          {section === "permissions" && <PermissionsSection />}
          {section === "tokens" && <TokensSection />}
        </div>
      </div>
      {open === "preview" && <PreviewDialog FormPreview={lent.FormPreview} onClose={close} />}
      {open === "publish" && <PublishDialog onClose={close} />}
      {designer.saving.kind === "conflict" && <ConflictDialog {...designer.saving} />}
    </DesignerContext>
  );
}

const sectionOf = (name: string | null): Section => sections.find((s) => s === name) ?? "form";

/** Shows another section; the address keeps it. */
export const openSection = (section: Section) =>
  setAddress(`${location.pathname}${location.search}#section=${section}`);

/** Ctrl Shift Z is what some people's fingers know for redoing; the list of commands has one key for each. */
function useRedoWithShift(redo: () => void): void {
  useEffect(() => {
    const handle = (e: KeyboardEvent) => {
      if (e.key.toLowerCase() !== "z" || !e.shiftKey || !(e.ctrlKey || e.metaKey)) return;
      e.preventDefault();
      redo();
    };
    window.addEventListener("keydown", handle, { capture: true });
    return () => window.removeEventListener("keydown", handle, { capture: true });
  }, [redo]);
}
