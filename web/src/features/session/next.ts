/**
 * Where to go after login: the "next" of the query string if it is a path of this site, else home. What the address asked
 * for had after its "#" (which record, say) never reached the server; the browser has kept it in the login page's address.
 */
export function nextAddress(search: string, hash = "", origin = location.origin): string {
  const next = new URLSearchParams(search).get("next") ?? "";
  if (!next.startsWith("/")) return "/k/";
  const url = new URL(next, origin);
  // "//elsewhere.example" and "/\elsewhere.example" are addresses of other sites
  if (url.origin !== origin || url.pathname.startsWith("//")) return "/k/";
  return url.pathname + url.search + (url.hash || hash);
}
