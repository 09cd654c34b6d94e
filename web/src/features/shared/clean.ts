/** Elements that may stand in formatted text. What is not here gives way to its content. */
const elements = new Set(
  "a b strong i em u s del sub sup p div span br hr ul ol li blockquote pre code h1 h2 h3 h4 h5 h6 table thead tbody tr td th font".split(
    " ",
  ),
);
/** Elements that go with all that is in them. */
const harmful =
  "script,style,iframe,object,embed,template,noscript,svg,math,form,input,button,textarea,select,link,meta";
const styles = ["color", "background-color", "font-weight", "font-style", "text-decoration", "text-align"];
/** Plain words, numbers and colours: nothing that could fetch. */
const plainStyle = /^(?!.*url)[\w#%., ()-]+$/i;
const reachable = /^(https?:|mailto:|tel:)/i;

/**
 * Formatted text reduced to what an outsider's page shows. The server has cleaned it already; this is the second lock,
 * and it also leaves out pictures, which would tell a third party who is reading.
 */
export function cleanHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const el of body.querySelectorAll(harmful)) el.remove();
  for (const el of body.querySelectorAll<HTMLElement>("*")) {
    if (elements.has(el.localName)) keepHarmless(el);
    else el.replaceWith(...el.childNodes);
  }
  return body.innerHTML;
}

function keepHarmless(el: HTMLElement): void {
  const href = el.localName === "a" ? (el.getAttribute("href") ?? "").trim() : "";
  const spans = ["colspan", "rowspan"].map((name) => [name, el.getAttribute(name)] as const);
  const color = el.getAttribute("color") ?? ""; // of <font>, which editors of this kind still write
  const kept = styles.map((name) => [name, el.style.getPropertyValue(name)] as const);
  for (const { name } of [...el.attributes]) el.removeAttribute(name);
  for (const [name, value] of kept) if (plainStyle.test(value)) el.style.setProperty(name, value);
  if (el.localName === "font" && /^#?\w+$/.test(color)) el.setAttribute("color", color);
  for (const [name, value] of spans) if (value && /^\d{1,2}$/.test(value)) el.setAttribute(name, value);
  if (!reachable.test(href)) return;
  el.setAttribute("href", href);
  el.setAttribute("target", "_blank");
  el.setAttribute("rel", "noopener noreferrer nofollow");
}
