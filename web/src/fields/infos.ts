import { byType } from "./folder";
import type { FieldInfo } from "./types";

/** Every field type, collected from the folders: adding a folder adds the type. */
export const infos = byType(import.meta.glob<FieldInfo>("./*/info.ts", { eager: true, import: "default" }));

/** What there is to know about a type; undefined for one that these screens do not have. */
export const infoOf = (type: string): FieldInfo | undefined => infos.get(type);

/** The i18n key of a type's name. */
export const typeName = (type: string): string => `fields.type.${type}`;
