import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang } from "./boot";

/** Words of one language: a flat table from "feature.key" to text with {name} holes. */
export type Words = Record<string, string>;

/** Files of words by path; the file's name is the prefix of its keys. */
export type WordFiles = Record<string, Record<string, string>>;

export function joinWords(files: WordFiles): Words {
  const words: Words = {};
  for (const [path, entries] of Object.entries(files)) {
    const feature = path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
    for (const [key, text] of Object.entries(entries)) words[`${feature}.${key}`] = text;
  }
  return words;
}

type Loader = (lang: Lang) => Promise<Words>;
let loader: Loader | undefined;

/** Starts i18next with the words of one language; load fetches another's when it is switched to. */
export async function startI18n(lang: Lang, load: Loader): Promise<i18n> {
  loader = load;
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    resources: { [lang]: { translation: await load(lang) } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: "{", suffix: "}", escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = lang;
  return i18next;
}

/** Switches the words on the screen; the setting itself is kept by whoever asked. */
export async function switchLanguage(lang: Lang): Promise<void> {
  if (loader && !i18next.hasResourceBundle(lang, "translation")) {
    i18next.addResourceBundle(lang, "translation", await loader(lang));
  }
  await i18next.changeLanguage(lang);
  document.documentElement.lang = lang;
}

/** The language on the screen now. */
export const language = (): Lang => (i18next.language === "en" ? "en" : "ja");

/** A text outside React (formatters, notifications). */
export const t = (key: string, args?: Record<string, unknown>): string => i18next.t(key, args ?? {});
