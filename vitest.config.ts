import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Vitest asks packages for their development form by default: micromark's checks itself at every step and
  // takes twice the time, and it is not what runs in production.
  ssr: {
    resolve: {
      // Without `import`: it would hold for `require` as well, and give pg a module where it wants a class.
      conditions: ['node', 'module-sync'],
      externalConditions: ['node', 'module-sync'],
    },
  },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/journeys/**', 'node_modules/**', '.build/**'],
    globalSetup: ['./tests/support/postgres.global.ts'],
    // Two cores: one is the database's, the browser's or the server's under test.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
