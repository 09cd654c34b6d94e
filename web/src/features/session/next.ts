/** Where to go after login: the "next" of the query string if it is a path of this site, else home. */
export function nextAddress(search: string, origin = location.origin): string {
  const next = new URLSearchParams(search).get("next") ?? "";
  if (!next.startsWith("/")) return "/k/";
  const url = new URL(next, origin);
  // "//elsewhere.example" and "/\elsewhere.example" are addresses of other sites
  return url.origin === origin && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : "/k/";
}
