// Programs that are installed from npm, run as a person runs them.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { admin } from "../server";

/** The options by which kintone's own programs log in as the administrator. */
export const password = ["--username", admin.login, "--password", admin.password];

/** Runs a file of node_modules, with nothing from the environment; answers what it printed and how it ended. */
export function run(file: string, args: string[], { cwd }: { cwd?: string } = {}) {
  const program = fileURLToPath(new URL(`../node_modules/${file}`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", log: "" };
  child.stdout.on("data", (chunk) => {
    printed.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed.log += chunk;
  });
  return new Promise<{ code: number | null; out: string; log: string }>((done) => {
    child.on("close", (code) => done({ code, ...printed }));
  });
}
