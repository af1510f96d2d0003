import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["frontend/src/**/*.test.ts"],
    // Rules and crypto need no page; a test that does says so itself: // @vitest-environment jsdom
    environment: "node",
    restoreMocks: true,
    unstubGlobals: true,
    passWithNoTests: false,
  },
});
