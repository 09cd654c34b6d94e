// Starts bin/engawa for a test: a free port, fresh data in a temporary folder, nothing from the environment.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");

/** The administrator that every started server has, unless it is started empty. */
export const admin = { login: "admin", password: "engawa-e2e-7319" };

export interface Server {
  /** `http://localhost:PORT`: the clients refuse plain http for any other host name. */
  url: string;
  /** What the server has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts a server and resolves once it is ready. With `demo` its data is the demo company's; with `empty` there is nobody
 * yet, not even the administrator; with `database`, a postgres:// URL, they are there instead of in an SQLite file.
 */
export async function startServer({ demo = false, empty = false, database = "" } = {}): Promise<Server> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const data = await mkdtemp(join(tmpdir(), "engawa-e2e-"));
  const options = ["--addr", `localhost:${port}`, "--base-url", url, "--data", data];
  if (database) options.push("--database", database);
  if (demo) options.push("--demo");
  const administrator = { ENGAWA_ADMIN_LOGIN: admin.login, ENGAWA_ADMIN_PASSWORD: admin.password };
  const child = spawn(join(root, "bin/engawa"), ["serve", ...options], {
    env: { PATH: process.env.PATH, ...(empty ? {} : administrator) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      log += chunk;
    });
  }
  child.on("error", (error) => {
    log += error.message;
  });
  const stop = async () => {
    await end(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await ready(url, child);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}; its log:\n${log}`);
  }
  return { url, log: () => log, stop };
}

/** Asks the system for a port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "localhost", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function ready(url: string, child: ChildProcess) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.pid === undefined || child.exitCode !== null) throw new Error("the server did not start");
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error("the server was not ready within a minute");
}

/** Asks the process to stop, and makes it after ten seconds. */
async function end(child: ChildProcess) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exited;
  clearTimeout(force);
}
