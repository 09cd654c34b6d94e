/** How a number field wants to be shown. Decimals travel as strings and never become floats. */
export type NumberStyle = {
  digit?: boolean;
  displayScale?: string;
  unit?: string;
  unitPosition?: "BEFORE" | "AFTER" | string;
};

const decimal = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** A decimal string with thousands separators, a fixed number of decimals and its unit: "¥1,234.50". */
export function formatNumber(value: string, style: NumberStyle = {}): string {
  const match = decimal.exec(value.trim());
  if (!match) return value;
  const [, sign = "", whole = "0", fraction = ""] = match;
  const scale = style.displayScale ? Number(style.displayScale) : undefined;
  const [w, f] = scale === undefined ? [whole, fraction] : roundTo(whole, fraction, scale);
  const grouped = style.digit ? w.replace(/\B(?=(\d{3})+$)/g, ",") : w;
  const zero = /^0*$/.test(w + f);
  const text = `${sign === "-" && !zero ? "-" : ""}${grouped}${f ? `.${f}` : ""}`;
  if (!style.unit) return text;
  return style.unitPosition === "AFTER"
    ? `${text}${style.unit}`
    : text.startsWith("-")
      ? `-${style.unit}${text.slice(1)}`
      : `${style.unit}${text}`;
}

/** Rounds half to even, which is the app setting's default, on the digits themselves. */
function roundTo(whole: string, fraction: string, scale: number): [string, string] {
  if (fraction.length <= scale) return [whole, fraction.padEnd(scale, "0")];
  const kept = BigInt(whole + fraction.slice(0, scale));
  const rest = fraction.slice(scale);
  const half = `5${"0".repeat(rest.length - 1)}`;
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const digits = (up ? kept + 1n : kept).toString().padStart(whole.length + scale, "0");
  const cut = digits.length - scale;
  return [digits.slice(0, cut), digits.slice(cut)];
}

/** A count in people's notation: 12,300. */
export const formatCount = (n: number): string => n.toLocaleString("en-US");

/** Bytes for people: 3.4 MB. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let n = bytes;
  let i = 0;
  while (n >= 1024 && i < units.length - 1) {
    n /= 1024;
    i++;
  }
  return `${i === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[i]}`;
}

/** Full-width digits, signs and separators as people type them, made plain: "１，２３４" is "1234". */
export function plainNumber(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[,\s]/g, "")
    .replace(/[−‐－ー]/g, "-");
}
