import { IconTable } from "@tabler/icons-react";
import type { TableRow } from "../../lib/kintone";
import { outgoingRecord } from "../outgoing";
import type { FieldInfo } from "../types";

const info: FieldInfo = {
  icon: IconTable,
  operators: [],
  width: 120,
  initial: () => [],
  // a row without an id is a new one; one with an id keeps its place in the table's history
  outgoing: (value, field) =>
    ((value ?? []) as TableRow[]).map((row) => ({
      ...(row.id ? { id: row.id } : {}),
      value: outgoingRecord(row.value, field.fields ?? {}),
    })),
};

export default info;
