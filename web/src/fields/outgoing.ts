import type { Fields, RecordData } from "../lib/kintone";
import { infoOf } from "./infos";

/** A record as a write wants it: only fields whose values people enter, each as its type sends it. */
export function outgoingRecord(record: RecordData, fields: Fields): Record<string, { value: unknown }> {
  const out: Record<string, { value: unknown }> = {};
  for (const [code, { value }] of Object.entries(record)) {
    const field = fields[code];
    if (!field) continue;
    const info = infoOf(field.type);
    if (info?.initial) out[code] = { value: info.outgoing ? info.outgoing(value, field) : value };
  }
  return out;
}
