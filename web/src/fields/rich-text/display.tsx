import { plainText } from "../../lib/html";
import css from "../shared/fields.module.css";
import type { DisplayProps } from "../types";

export default function RichTextDisplay({ value, compact }: DisplayProps) {
  const html = typeof value === "string" ? value : "";
  if (compact) {
    const text = plainText(html);
    return (
      <span className={css.clip} title={text}>
        {text}
      </span>
    );
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server keeps and sends only HTML that it has cleaned
  return <div className={css.rich} dangerouslySetInnerHTML={{ __html: html }} />;
}
