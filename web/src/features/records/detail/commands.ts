import {
  IconArrowBackUp,
  IconChevronLeft,
  IconChevronRight,
  IconCopy,
  IconMessage,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { go } from "../../../lib/location";
import { command } from "../../../ui/command";
import type { App } from "../api";

/** What the commands of a record act on. */
export type RecordContext = {
  app: App;
  record: string;
  previous: string | null;
  next: string | null;
  show: (record: string) => void;
  edit: () => void;
  trash: () => void;
  comment: () => void;
  listAddress: string;
};

export const editRecord = command<RecordContext>({
  id: "record.edit",
  label: "common.edit",
  icon: IconPencil,
  shortcut: "e",
  enabled: (c) => c.app.can.edit,
  run: (c) => c.edit(),
});

export const duplicateRecord = command<RecordContext>({
  id: "record.duplicate",
  label: "records.duplicate",
  icon: IconCopy,
  enabled: (c) => c.app.can.add && c.app.settings.enableDuplicateRecord !== false,
  run: (c) => go(`/k/${c.app.id}/edit#copy=${c.record}`),
});

export const deleteRecord = command<RecordContext>({
  id: "record.delete",
  label: "common.delete",
  icon: IconTrash,
  danger: true,
  enabled: (c) => c.app.can.delete,
  run: (c) => c.trash(),
});

export const previousRecord = command<RecordContext>({
  id: "record.previous",
  label: "records.previous",
  icon: IconChevronLeft,
  shortcut: "k",
  enabled: (c) => c.previous !== null,
  run: (c) => c.previous && c.show(c.previous),
});

export const nextRecord = command<RecordContext>({
  id: "record.next",
  label: "records.next",
  icon: IconChevronRight,
  shortcut: "j",
  enabled: (c) => c.next !== null,
  run: (c) => c.next && c.show(c.next),
});

export const recordCommands = [
  editRecord,
  previousRecord,
  nextRecord,
  command<RecordContext>({
    id: "record.comment",
    label: "records.comment.write",
    icon: IconMessage,
    shortcut: "m",
    run: (c) => c.comment(),
  }),
  command<RecordContext>({
    id: "record.list",
    label: "records.toList",
    icon: IconArrowBackUp,
    shortcut: "u",
    run: (c) => go(c.listAddress),
  }),
  duplicateRecord,
  deleteRecord,
];
