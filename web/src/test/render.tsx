import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { setBoot } from "../lib/boot";
import { startI18n } from "../lib/i18n";
import { staffWords } from "../locales/words";
import { ConfirmHost } from "../ui/confirm";
import { cssVariables, theme } from "../ui/theme";

/** Draws a screen as an administrator of 青葉 sees it, who reads Japanese unless said. */
export async function screenOf(screen: ReactNode, lang: "ja" | "en" = "ja") {
  setBoot({
    lang,
    site: { name: "株式会社青葉" },
    user: { id: "1", code: "aoki", name: "青木 花子", locale: lang, timezone: "Asia/Tokyo", admin: true },
    app: { id: "5", name: "受注管理" },
  });
  await startI18n(lang, staffWords);
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <QueryClientProvider client={cache}>
        <Notifications />
        <ConfirmHost />
        {screen}
      </QueryClientProvider>
    </MantineProvider>,
  );
}
