import type { Icon } from "@tabler/icons-react";
import { useEffect, useId, useSyncExternalStore } from "react";
import { activates, isTyping } from "./keys";

/**
 * One object is the button, the menu item, the shortcut, the line in the palette and the line in the help: an act has
 * one name and one rule for when it may be done.
 */
export type Command<C = unknown> = {
  /** Stable name, also the anchor in the page (data-command). */
  id: string;
  /** i18n key. */
  label: string;
  icon?: Icon;
  /** A key as on the keyboard ("n", "?", "Enter") or with "mod+" for Ctrl or ⌘ ("mod+k"). */
  shortcut?: string;
  /** Red in menus, asked about before it runs. */
  danger?: boolean;
  enabled?: (context: C) => boolean;
  run: (context: C) => void;
};

/** Types a command's context by inference. */
export const command = <C>(c: Command<C>): Command<C> => c;

/** A command with its context filled in: what the palette, the help and the keyboard see. */
export type Bound = {
  id: string;
  label: string;
  icon?: Icon;
  shortcut?: string;
  danger?: boolean;
  enabled: () => boolean;
  run: () => void;
};

export const bind = <C>(c: Command<C>, context: C): Bound => ({
  id: c.id,
  label: c.label,
  icon: c.icon,
  shortcut: c.shortcut,
  danger: c.danger,
  enabled: () => c.enabled?.(context) ?? true,
  run: () => c.run(context),
});

type Offer = { commands: Bound[]; everywhere: boolean };
const offers = new Map<string, Offer>();
const watchers = new Set<() => void>();
let all: Bound[] = [];

function changed(): void {
  const byId = new Map<string, Bound>();
  const ordered = [...offers.values()].sort((a, b) => Number(a.everywhere) - Number(b.everywhere));
  for (const { commands } of ordered) for (const c of commands) if (!byId.has(c.id)) byId.set(c.id, c);
  all = [...byId.values()];
  for (const fn of watchers) fn();
}

/**
 * Offers commands to the palette, the help and the keyboard for as long as the calling component is there. Those offered
 * everywhere come after those of the screen, however late the screen arrives.
 */
export function useCommands<C>(commands: readonly Command<C>[], context: C, everywhere = false): void {
  const key = useId();
  useEffect(() => {
    offers.set(key, { commands: commands.map((c) => bind(c, context)), everywhere });
    changed();
  }, [key, commands, context, everywhere]);
  useEffect(
    () => () => {
      offers.delete(key);
      changed();
    },
    [key],
  );
}

/** All commands offered on the screen now. */
export function useOffered(): Bound[] {
  return useSyncExternalStore(
    (fn) => {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    () => all,
  );
}

/** Runs the command that a key press stands for; true if there was one. */
export function pressed(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return false; // the key belongs to a Japanese input method
  const name = keyName(event);
  if (isTyping(event.target) && !name.startsWith("mod+")) return false;
  if (name === "Enter" && activates(event.target)) return false;
  const found = all.find((c) => c.shortcut === name && c.enabled());
  if (!found) return false;
  event.preventDefault();
  found.run();
  return true;
}

function keyName(e: KeyboardEvent): string {
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  if (e.altKey) return `alt+${key}`;
  return e.ctrlKey || e.metaKey ? `mod+${key}` : key;
}
