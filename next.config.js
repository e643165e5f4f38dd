/**
 * Read by `next build` and by the running server. Paths come from the launcher, which builds into a folder
 * named after the sources (server/launch/build.mjs).
 *
 * @type {import('next').NextConfig}
 */
export default {
  distDir: process.env.RATIONALE_NEXT_FOLDER ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  compress: true,
  // Loaded by Node as they are: they reach for files beside them, or must be one copy in the process.
  serverExternalPackages: ['pg', 'pino', 'oidc-provider', 'ws', 'next-auth', 'yjs', 'lib0', 'y-protocols'],
  typescript: {
    // `npm test` checks types; Next would write its wishes into the tsconfig.json that git holds.
    ignoreBuildErrors: true,
    tsconfigPath: process.env.RATIONALE_TSCONFIG ?? 'tsconfig.json',
  },
  devIndicators: false,
  experimental: {
    // Each build has a folder of its own: what a cache and server maps cost is never earned back.
    turbopackFileSystemCacheForBuild: false,
    serverSourceMaps: false,
    turbopackSourceMaps: process.env.NODE_ENV !== 'production',
  },
}
