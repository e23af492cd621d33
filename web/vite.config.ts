import { defineConfig } from "vite";
import { notices } from "./plugins/notices";
import { symbols } from "./plugins/symbols";

// One script and one style sheet with fixed names: the HTML export puts both into the page.
export default defineConfig({
  base: "./",
  plugins: [symbols(), notices()],
  build: {
    outDir: "../src/bartizan/replay/built",
    emptyOutDir: true,
    target: ["chrome103", "firefox113", "safari16.4"],
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        format: "iife",
        entryFileNames: "app.js",
        assetFileNames: "app[extname]",
      },
    },
  },
  test: { environment: "node", include: ["test/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
