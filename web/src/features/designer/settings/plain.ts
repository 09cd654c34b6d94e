/** The description is HTML for the API; here it is written as plain lines, which is what people put there. */
export function plainOf(html: string): string {
  if (!/[<&]/.test(html)) return html;
  const text = html.replace(/<br\s*\/?>|<\/(p|div|li|h[1-6])>\s*/gi, "\n");
  return (new DOMParser().parseFromString(text, "text/html").body.textContent ?? "").replace(/\n$/, "");
}

/** Plain lines as HTML that shows them as they are. */
export function richOf(text: string): string {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return escaped.replace(/\n/g, "<br>");
}
