import type { Lang } from "../lib/boot";
import type { Words } from "../lib/i18n";

type Module = Promise<{ default: Words }>;
const pick = (module: Module) => module.then((m) => m.default);

/** All words of the staff's screens. */
export const staffWords = (lang: Lang): Promise<Words> => pick(lang === "en" ? import("./en") : import("./ja"));

/** The words of an outsider's page. */
export const outsideWords = (lang: Lang): Promise<Words> =>
  pick(lang === "en" ? import("./en/outside") : import("./ja/outside"));
