import { defineConfig } from "@playwright/test";
import type { Options } from "./fixtures";

// Chromium as it is installed on the machine (scripts/chromium.sh). As root, as in CI, its sandbox cannot
// start; the rest keeps it from calling home, which would only slow it down where there is no network.
const chromium = {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const postgres = process.env.ENGAWA_TEST_POSTGRES;

export default defineConfig<object, Options>({
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: "clients", testDir: "clients" },
    // One database, so one worker.
    ...(postgres ? [{ name: "clients-postgres", testDir: "clients", workers: 1, use: { database: postgres } }] : []),
    {
      name: "journeys",
      testDir: "journeys",
      use: { launchOptions: chromium, trace: "retain-on-failure", screenshot: "only-on-failure" },
    },
  ],
});
