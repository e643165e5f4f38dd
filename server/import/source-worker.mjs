/**
 * Starts the import worker from its TypeScript source, in development and in tests. `--import tsx` alone is
 * not enough: tsx registers itself in the main thread only, and Node 20 does not hand hooks on to threads.
 */
import { register } from 'tsx/esm/api'

register()
await import('./import-worker.ts')
