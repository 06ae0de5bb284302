import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { messages } from "./scripts/messages.mjs";

const server = process.env.ASSAY_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [
    messages(),
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      generatedRouteTree: "src/routes.gen.ts",
      routeFileIgnorePattern: "\\.test\\.",
    }),
    react(),
    tailwindcss(),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  server: { proxy: { "/graphql": { target: server, ws: true }, "/media": { target: server } } },
  build: {
    target: "es2023",
    // A data: font or script would break the content security policy.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "happy-dom",
    // Machines that do other work beside may be slow.
    testTimeout: 30_000,
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/lib/testing/setup.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.{ts,tsx}"],
      exclude: ["src/**/__generated__.ts", "src/routes.gen.ts", "src/**/*.test.*"],
      reporter: ["text-summary"],
    },
  },
});
