/** Where a link field leads, or undefined when its value is no address of its kind. A scheme that runs code is none. */
export function linkAddress(value: string, protocol = "WEB"): string | undefined {
  const text = value.trim();
  if (!text) return undefined;
  if (protocol === "MAIL") return /^[^\s@]+@[^\s@]+$/.test(text) ? `mailto:${text}` : undefined;
  if (protocol === "CALL") return /^[\d+*#() -]+$/.test(text) ? `tel:${text.replace(/[^\d+*#]/g, "")}` : undefined;
  return /^(https?|ftp):\/\//i.test(text) ? text : undefined;
}
