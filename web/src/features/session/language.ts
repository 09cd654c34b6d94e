import type { Lang } from "../../lib/boot";
import { boot } from "../../lib/boot";
import { switchLanguage } from "../../lib/i18n";

const cookie = "engawa_lang";

/** The language for someone who has not logged in: the one chosen on this device, else the server's guess. */
export function languageBeforeLogin(): Lang {
  const chosen = new RegExp(`(?:^|; )${cookie}=(ja|en)`).exec(document.cookie)?.[1];
  return (chosen as Lang | undefined) ?? boot().lang;
}

/** Switches the words now and remembers the choice on this device for a year. */
export async function chooseLanguage(lang: Lang): Promise<void> {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in all browsers, and the server reads it too
  document.cookie = `${cookie}=${lang}; path=/; max-age=31536000; samesite=lax`;
  await switchLanguage(lang);
}
