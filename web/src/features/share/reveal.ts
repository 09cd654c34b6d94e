const id = "sharing";

/** Brings a record's links onto the screen where they lie below it, as on a phone. */
export function reveal(): void {
  const panel = document.getElementById(id);
  if (panel && panel.getBoundingClientRect().top > window.innerHeight - 160) panel.scrollIntoView({ block: "start" });
}

/** What the panel is found by. */
export const panelId = id;
