import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "..");
const files = (lang: string) => readdirSync(join(src, "locales", lang)).filter((f) => f.endsWith(".json"));
const read = (lang: string, file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(src, "locales", lang, file), "utf8"));

/** Plural forms differ by language; the key they belong to does not. */
const plain = (key: string) => key.replace(/_(one|other)$/, "");
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

test("both languages have the same files and keys", () => {
  expect(files("en")).toEqual(files("ja"));
  for (const file of files("ja")) {
    const keys = (lang: string) => [...new Set(Object.keys(read(lang, file)).map(plain))].sort();
    expect(keys("en"), file).toEqual(keys("ja"));
  }
});

test("texts of one key have the same holes", () => {
  for (const file of files("ja")) {
    const ja = read("ja", file);
    for (const [key, text] of Object.entries(read("en", file))) {
      const other = ja[key] ?? ja[plain(key)] ?? "";
      const missing = holes(other).filter((h) => h !== "count" && !holes(text).includes(h));
      expect(missing, `${file} ${key}`).toEqual([]);
    }
  }
});

test("every key used in the code exists, and every key is used", () => {
  const words = new Set(
    files("ja").flatMap((f) => Object.keys(read("ja", f)).map((k) => `${f.slice(0, -5)}.${plain(k)}`)),
  );
  const code = sources(src)
    .map((f) => readFileSync(f, "utf8"))
    .join("\n");
  const used = [...code.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((m) => plain(m[1] ?? ""));
  expect(used.filter((key) => !words.has(key))).toEqual([]);
  const stems = [...code.matchAll(/`([\w-]+(?:\.[\w-]+)*\.)\$\{/g)].map((m) => m[1] ?? "");
  const own = [...words].filter((key) => !key.startsWith("common.")); // those are for everybody to come
  const unused = own.filter((key) => !code.includes(`"${key}"`) && !stems.some((s) => key.startsWith(s)));
  expect(unused).toEqual([]);
});

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = join(dir, e.name);
    if (e.isDirectory()) return sources(path);
    return /\.tsx?$/.test(e.name) && !/\.test\.tsx?$/.test(e.name) ? [path] : [];
  });
}
