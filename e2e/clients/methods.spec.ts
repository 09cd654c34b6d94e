// Every method that the official client offers is called by some test of this folder.
import { readdirSync, readFileSync } from "node:fs";
import { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { expect, test } from "@playwright/test";

/** What TypeScript calls private is there at run time all the same; no caller may use it. */
const inner = /^(constructor|warnMaximum\w+|separateArray\w+|\w+AllRecords(Recursive|WithBulkRequest))$/;

const methods = (of: object) =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(of)).filter((name) => !inner.test(name));

test("no method of the client is left out", () => {
  const client = new KintoneRestAPIClient({ baseUrl: "http://localhost", auth: { apiToken: "none" } });
  const { record, app, space, file, plugin } = client;
  const offered = [
    ...methods(client).map((name) => `client.${name}`),
    ...Object.entries({ record, app, space, file, plugin }).flatMap(([room, of]) =>
      methods(of).map((name) => `${room}.${name}`),
    ),
  ];
  expect(offered.length, "the client's methods are found").toBeGreaterThan(90);
  const source = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"))
    .join("\n");
  const called = new Set([...source.matchAll(/\b(\w+)\s*\.(\w+)\(/g)].map(([, room, name]) => `${room}.${name}`));
  expect(offered.filter((name) => !called.has(name))).toEqual([]);
});
