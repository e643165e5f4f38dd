/**
 * Starts a worker from its TypeScript source (its first argument, relative to here), in development and in
 * tests. `--import tsx` alone is not enough: tsx registers itself in the main thread only, and Node 20 does not
 * hand hooks on to threads.
 */
import { register } from 'tsx/esm/api'

register()
await import(new URL(process.argv[2], import.meta.url).href)
