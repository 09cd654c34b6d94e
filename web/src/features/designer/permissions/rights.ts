import { type AppRight, type AppVerb, appVerbs, type FieldRight, type Who } from "../model/draft";

/** The group that everybody is in; whatever its place in a list, it is asked last. */
export const everyone: Who = { type: "GROUP", code: "everyone" };

export const sameWho = (a: Who, b: Who): boolean => a.type === b.type && (a.code ?? "") === (b.code ?? "");
export const isEveryone = (who: Who): boolean => sameWho(who, everyone);

/** The rights of somebody newly named: to work with records, as everybody has at first. */
export const newRight = (entity: Who): AppRight => ({
  entity,
  includeSubs: false,
  recordViewable: true,
  recordAddable: true,
  recordEditable: true,
  recordDeletable: false,
  recordImportable: false,
  recordExportable: false,
  appEditable: false,
});

/** What a right needs besides itself: whoever edits must see, and whoever imports must add. */
const needs: Partial<Record<AppVerb, AppVerb>> = {
  recordEditable: "recordViewable",
  recordDeletable: "recordViewable",
  recordExportable: "recordViewable",
  recordImportable: "recordAddable",
};

/** Gives or takes a right, with those it needs and those that need it. */
export function withVerb(right: AppRight, verb: AppVerb, on: boolean): AppRight {
  const next = { ...right, [verb]: on };
  if (on) {
    const need = needs[verb];
    if (need) next[need] = true;
  } else {
    for (const other of appVerbs) if (needs[other] === verb) next[other] = false;
  }
  return next;
}

/** Adds somebody above the group of everybody. */
export function withEntity<T extends { entity: Who }>(list: T[], item: T): T[] {
  if (list.some((r) => sameWho(r.entity, item.entity))) return list;
  const at = list.findIndex((r) => isEveryone(r.entity));
  return at < 0 || isEveryone(item.entity) ? [...list, item] : [...list.slice(0, at), item, ...list.slice(at)];
}

/** A field's rule with its entities changed; without any the field is open to all who see the record. */
export function withEntities(list: FieldRight[], code: string, entities: FieldRight["entities"]): FieldRight[] {
  if (entities.length === 0) return list.filter((r) => r.code !== code);
  const known = list.some((r) => r.code === code);
  return known ? list.map((r) => (r.code === code ? { ...r, entities } : r)) : [...list, { code, entities }];
}
