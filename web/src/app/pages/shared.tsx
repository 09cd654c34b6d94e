// An outsider's page: without the staff's providers and UI kit, so that it opens at once on a phone.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { outsidersLanguage } from "../../features/shared/language";
import { SharedPage } from "../../features/shared/page";
import { startI18n } from "../../lib/i18n";
import { outsideWords } from "../../locales/words";
import { followScheme } from "../../ui/scheme";

export default async function mountShared(root: HTMLElement): Promise<void> {
  followScheme();
  await startI18n(outsidersLanguage(), outsideWords);
  const token = location.pathname.split("/")[2] ?? "";
  createRoot(root).render(
    <StrictMode>
      <SharedPage token={token} />
    </StrictMode>,
  );
}
