/** The type that a folder is about: "./single-line-text/info.ts" is SINGLE_LINE_TEXT. */
const typeOf = (path: string): string => (path.split("/")[1] ?? "").toUpperCase().replaceAll("-", "_");

/** Modules of the field folders by the type they are about. */
export function byType<T>(modules: Record<string, T>): ReadonlyMap<string, T> {
  return new Map(Object.entries(modules).map(([path, module]) => [typeOf(path), module]));
}
