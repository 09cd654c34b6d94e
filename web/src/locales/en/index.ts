import { joinWords } from "../../lib/i18n";

export default joinWords(import.meta.glob("./*.json", { eager: true, import: "default" }));
