/** The words of a piece of HTML, read in a document that runs and loads nothing. */
export function plainText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}
