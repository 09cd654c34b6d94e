import { defineConfig } from "@playwright/test";

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

export default defineConfig({
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: "clients", testDir: "clients" },
    {
      name: "journeys",
      testDir: "journeys",
      use: { launchOptions: chromium, trace: "retain-on-failure", screenshot: "only-on-failure" },
    },
  ],
});
