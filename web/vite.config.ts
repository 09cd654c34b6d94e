import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./compress.ts";

// The Go server writes the documents, so the build has no HTML: one script entry, and a manifest
// from which the server learns the hashed names.
export default defineConfig({
  plugins: [react(), compress()],
  base: "/",
  build: {
    manifest: true,
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { input: "src/main.tsx" },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 30_000,
  },
});
