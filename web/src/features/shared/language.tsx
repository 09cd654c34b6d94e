import { useTranslation } from "react-i18next";
import { boot, type Lang } from "../../lib/boot";
import { switchLanguage } from "../../lib/i18n";
import { storage } from "../../lib/storage";
import css from "./shared.module.css";

const key = "outside.lang";
const names: Record<Lang, string> = { ja: "日本語", en: "English" };

/** The language for an outsider: the one chosen on this device, else what the browser asks for. */
export const outsidersLanguage = (): Lang => (storage.get<string>(key, boot().lang) === "en" ? "en" : "ja");

export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other: Lang = i18n.language === "en" ? "ja" : "en";
  const change = () => {
    storage.set(key, other);
    void switchLanguage(other);
  };
  return (
    <button type="button" className={css.quiet} lang={other} onClick={change}>
      {names[other]}
    </button>
  );
}
