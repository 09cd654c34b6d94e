import { useEffect, useState } from "react";

/**
 * Copies a text, and tells for two seconds that it did. Also where the browser has no clipboard for pages: Engawa is
 * often reached inside a company by plain http.
 */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied((await written(text)) || copiedBySelection(text));
  return { copied, copy: () => void copy() };
}

async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function copiedBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed"; // or the page would scroll to it
  (before?.parentElement ?? document.body).append(area); // inside a dialog, whose focus does not leave it
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
