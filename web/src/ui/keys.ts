/** True where a key press writes text rather than gives an order. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** True where Enter already does something: on a link or a button. */
export const activates = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("a[href], button, summary, [role=tab], [role=menuitem]") !== null;

const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut as printed on the user's keyboard: ["Ctrl", "K"]. */
export function keyCaps(shortcut: string): string[] {
  return shortcut.split("+").map((part) => {
    if (part === "mod") return apple ? "⌘" : "Ctrl";
    if (part === "alt") return apple ? "⌥" : "Alt";
    if (part === "ArrowLeft") return "←";
    if (part === "ArrowRight") return "→";
    return part.length === 1 ? part.toUpperCase() : part;
  });
}
