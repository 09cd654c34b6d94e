import type { Draft } from "./draft";
import type { Key } from "./form";

/** One call of the preview API, and what the server has once it has answered. */
export type Step = {
  method: "POST" | "PUT" | "DELETE";
  path: string;
  body: Record<string, unknown>;
  /** What the paths in the errors of its refusal are about. */
  about: Record<string, Key>;
  saved: Draft;
};

/** The field or view that an error's path is about: the longest path told that it starts with. */
export function aboutOf(step: Step, path: string): Key | undefined {
  const found = Object.keys(step.about)
    .filter((p) => path === p || path.startsWith(`${p}.`) || path.startsWith(`${p}[`))
    .sort((a, b) => b.length - a.length)[0];
  return found === undefined ? undefined : step.about[found];
}
