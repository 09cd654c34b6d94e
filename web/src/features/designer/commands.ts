import { IconArrowBackUp, IconArrowForwardUp, IconPlayerPlay, IconUpload } from "@tabler/icons-react";
import { command } from "../../ui/command";
import type { Designer } from "./state";

export type DesignerActs = { designer: Designer; preview: () => void; publish: () => void };

export const undoCommand = command<DesignerActs>({
  id: "designer.undo",
  label: "designer.undo",
  icon: IconArrowBackUp,
  shortcut: "mod+z",
  enabled: ({ designer }) => designer.canUndo,
  run: ({ designer }) => designer.undo(),
});

export const redoCommand = command<DesignerActs>({
  id: "designer.redo",
  label: "designer.redo",
  icon: IconArrowForwardUp,
  shortcut: "mod+y",
  enabled: ({ designer }) => designer.canRedo,
  run: ({ designer }) => designer.redo(),
});

export const previewCommand = command<DesignerActs>({
  id: "designer.preview",
  label: "designer.preview",
  icon: IconPlayerPlay,
  shortcut: "alt+p",
  run: (acts) => acts.preview(),
});

export const publishCommand = command<DesignerActs>({
  id: "designer.publish",
  label: "designer.publish",
  icon: IconUpload,
  shortcut: "alt+s",
  run: (acts) => acts.publish(),
});

export const designerCommands = [undoCommand, redoCommand, previewCommand, publishCommand];
