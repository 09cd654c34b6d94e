import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { boot, type Lang } from "../lib/boot";
import { startI18n } from "../lib/i18n";
import { queryClient } from "../lib/query";
import { staffWords } from "../locales/words";
import { ConfirmHost } from "../ui/confirm";
import { Crash } from "../ui/crash";
import { BusyBar } from "../ui/progress";
import { cssVariables, theme } from "../ui/theme";

/** Everything around a screen of ours: theme, server data, toasts and questions. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <BusyBar />
        <Notifications position="bottom-center" />
        <ConfirmHost />
        <Crash>{children}</Crash>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Puts a screen into the document once its words are there. */
export async function mount(root: HTMLElement, screen: ReactNode, lang: Lang = boot().lang): Promise<void> {
  await startI18n(lang, staffWords);
  createRoot(root).render(
    <StrictMode>
      <Providers>{screen}</Providers>
    </StrictMode>,
  );
}
