// The words an outsider's page needs, and no others.
import { joinWords } from "../../lib/i18n";

export default joinWords(
  import.meta.glob(["./common.json", "./fields.json", "./outside.json"], { eager: true, import: "default" }),
);
