import {
  IconArrowNarrowDown,
  IconArrowNarrowUp,
  IconDownload,
  IconExternalLink,
  IconFilter,
  IconPencil,
  IconPlus,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { address } from "../../../lib/http";
import { go } from "../../../lib/location";
import { command } from "../../../ui/command";
import type { App } from "../api";

/** What the list's commands act on. */
export type ListContext = {
  app: App;
  /** The condition shown now. */
  condition: string;
  /** The record the keyboard is on. */
  active: string | undefined;
  recordAddress: (id: string) => string;
  move: (by: number) => void;
  openFilter: () => void;
};

export const newRecord = command<Pick<ListContext, "app">>({
  id: "record.new",
  label: "records.new",
  icon: IconPlus,
  shortcut: "c",
  enabled: (c) => c.app.can.add,
  run: (c) => go(`/k/${c.app.id}/edit`),
});

export const filterRecords = command<ListContext>({
  id: "list.filter",
  label: "records.filter",
  icon: IconFilter,
  shortcut: "/",
  run: (c) => c.openFilter(),
});

export const appSettings = command<ListContext>({
  id: "app.settings",
  label: "records.appSettings",
  icon: IconSettings,
  enabled: (c) => c.app.can.manage,
  run: (c) => go(`/k/admin/app/flow?app=${c.app.id}#section=form`),
});

export const exportRecords = command<ListContext>({
  id: "list.export",
  label: "records.export",
  icon: IconDownload,
  enabled: (c) => c.app.can.export,
  run: (c) => go(address("/api/v1/export.csv", { app: c.app.id, query: c.condition })),
});

export const openTrash = command<ListContext>({
  id: "list.trash",
  label: "records.trash",
  icon: IconTrash,
  enabled: (c) => c.app.can.delete,
  run: () => {
    location.hash = "/trash";
  },
});

export const listCommands = [
  newRecord,
  filterRecords,
  command<ListContext>({
    id: "list.down",
    label: "records.down",
    icon: IconArrowNarrowDown,
    shortcut: "j",
    run: (c) => c.move(1),
  }),
  command<ListContext>({
    id: "list.up",
    label: "records.up",
    icon: IconArrowNarrowUp,
    shortcut: "k",
    run: (c) => c.move(-1),
  }),
  command<ListContext>({
    id: "list.open",
    label: "records.openActive",
    icon: IconExternalLink,
    shortcut: "Enter",
    enabled: (c) => c.active !== undefined,
    run: (c) => c.active && go(c.recordAddress(c.active)),
  }),
  command<ListContext>({
    id: "list.edit",
    label: "records.editActive",
    icon: IconPencil,
    shortcut: "e",
    enabled: (c) => c.active !== undefined && c.app.can.edit,
    run: (c) => c.active && go(`${c.recordAddress(c.active)}&mode=edit`),
  }),
  exportRecords,
  openTrash,
  appSettings,
];
