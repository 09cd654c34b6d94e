/** Makes a page without the UI kit light or dark as the device is, and as it changes. */
export function followScheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () =>
    document.documentElement.setAttribute("data-mantine-color-scheme", dark.matches ? "dark" : "light");
  apply();
  dark.addEventListener("change", apply);
}
