import { useEffect } from "react";
import { pressed } from "../ui/command";

/** Lets key presses run the commands on offer, except while a dialog is open above the screen. */
export function useKeyboard(): void {
  useEffect(() => {
    const handle = (e: KeyboardEvent) => {
      if (e.defaultPrevented || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      pressed(e);
    };
    window.addEventListener("keydown", handle);
    return () => window.removeEventListener("keydown", handle);
  }, []);
}
