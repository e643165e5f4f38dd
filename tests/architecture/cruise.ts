import { createRequire } from 'node:module'
import type * as Swc from '@swc/core'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import config from '../../.dependency-cruiser.mjs'

// dependency-cruiser 17 asks swc for TypeScript without JSX and stops at the first element of a component.
const swc = createRequire(import.meta.url)('@swc/core') as { parseFileSync: typeof Swc.parseFileSync }
const parseFile = swc.parseFileSync as (file: string, options?: object) => Swc.Module
swc.parseFileSync = ((file: string, options?: object) =>
  parseFile(file, { ...options, tsx: file.endsWith('x') })) as typeof Swc.parseFileSync

export const rules = config.forbidden

/** Follows every import of `folders` below `baseDir` and judges it by the house's rules. */
export async function cruiseTree(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(folders, {
    ...config.options,
    parser: 'swc',
    baseDir,
    validate: true,
    ruleSet: { forbidden: rules },
  })
  if (typeof output === 'string') throw new Error(output)
  return output
}
