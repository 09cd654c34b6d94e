import { type Draft, type DraftView, type General, same } from "./draft";
import { additions, deletions, layout, renames, updates } from "./plan-form";
import type { Step } from "./step";

/**
 * The fewest calls that make what the server has (saved) into what is wanted, in an order in which each of them is
 * allowed: codes are freed before they are given again, and the layout comes when its fields are there.
 */
export function plan(saved: Draft, wanted: Draft): Step[] {
  const steps: Step[] = [];
  let now = saved;
  const take = (next: Step[]) => {
    steps.push(...next);
    now = next.at(-1)?.saved ?? now;
  };
  for (const part of [deletions, renames, updates, additions, layout]) take(part(now, wanted.form));
  take(views(now, wanted.views));
  take(whole(now, wanted, "general", "/k/v1/preview/app/settings.json", changed(now.general, wanted.general)));
  take(whole(now, wanted, "appRights", "/k/v1/preview/app/acl.json", { rights: wanted.appRights }));
  take(whole(now, wanted, "recordRights", "/k/v1/preview/record/acl.json", { rights: wanted.recordRights }));
  take(whole(now, wanted, "fieldRights", "/k/v1/preview/field/acl.json", { rights: wanted.fieldRights }));
  return steps;
}

/** All views in one call, for those not listed are deleted. */
function views(now: Draft, wanted: DraftView[]): Step[] {
  if (same(now.views, wanted)) return [];
  let names = new Map(now.views.map((v) => [v.key, v.name]));
  const kept = wanted.filter((v) => names.has(v.key));
  const old = new Set(kept.map((v) => names.get(v.key)));
  // A new view is called by its own name, which until the call before an older one may still have.
  const clash = wanted.some((v) => !names.has(v.key) && old.has(v.name));
  return (clash ? [kept, wanted] : [wanted]).map((list) => {
    const keys = list.map((v) => names.get(v.key) ?? v.name);
    names = new Map(list.map((v) => [v.key, v.name]));
    return {
      method: "PUT",
      path: "/k/v1/preview/app/views.json",
      body: { views: Object.fromEntries(list.map((v, i) => [keys[i], writeView(v, i)])) },
      about: Object.fromEntries(list.map((v, i) => [`views[${keys[i]}]`, v.key])),
      saved: { ...now, views: list },
    };
  });
}

function writeView({ key: _, builtinType: __, ...view }: DraftView, index: number): Record<string, unknown> {
  return { ...view, index: String(index) };
}

/** The settings that differ; those left out of a call stay as they are. */
const changed = (old: General, next: General) =>
  Object.fromEntries(Object.entries(next).filter(([name, value]) => !same(value, old[name as keyof General])));

type Whole = "general" | "appRights" | "recordRights" | "fieldRights";

function whole(now: Draft, wanted: Draft, name: Whole, path: string, body: Record<string, unknown>): Step[] {
  if (same(now[name], wanted[name])) return [];
  return [{ method: "PUT", path, body, about: {}, saved: { ...now, [name]: wanted[name] } }];
}
