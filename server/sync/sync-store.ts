import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { DocumentId } from '../../lib/id'
import type { Recovery } from '../../lib/sync/ownership'
import { type ClientClaim, claimClients, readClaims, type WantedClient } from '../document/client-claim'
import { type CommitStore, commitStore } from '../document/commit-store'
import { compactBody, type FoldOutcome, type FoldRule } from '../document/compact'
import {
  type LoggedUpdate,
  type Merge,
  mergeHere,
  readBody,
  readWhole,
  type StoredBody,
} from '../document/update-log'
import { type Changed, writeUpdatedAt } from '../document/updated-at'
import { noFailpoints, type Reach } from '../failpoint'
import { LargeDeletions, mayDeleteMuch } from '../version/large-deletion'
import { ServerRun } from './server-run'

/** Everything that the sync server keeps: PostgreSQL in `postgresStore`, a map in the simulation. */
export interface SyncStore extends CommitStore {
  /** Called first for a document: it marks runs that died, and what is read after it has their last commits. */
  recovery(documentId: DocumentId): Promise<Recovery | null>
  /** Nodes that were found dead within the last minute, by the id of their run. */
  deadNodes(): Promise<readonly string[]>
  /** @throws BodyDamaged when the body cannot be had whole. */
  read(documentId: DocumentId): Promise<StoredBody>
  /** What of the body is not in a state vector, and all of its deletions, as one update. @throws BodyDamaged */
  readAgain(documentId: DocumentId, has: Uint8Array): Promise<Uint8Array>
  claims(documentId: DocumentId): Promise<readonly ClientClaim[]>
  /** @returns whose each id is now. */
  claim(documentId: DocumentId, wanted: readonly WantedClient[]): Promise<readonly ClientClaim[]>
  /** Folds the log when the rule says so. @throws BodyDamaged */
  compact(documentId: DocumentId, rule: FoldRule): Promise<FoldOutcome>
  touch(changed: Changed): Promise<void>
  /** Looks at what was just committed: the text before an update that deletes much is kept. Never rejects. */
  committed(updates: readonly LoggedUpdate[]): Promise<void>
  /** Everything is committed: this run ends cleanly. */
  end(): Promise<void>
}

/**
 * @param options.ownPool for claims, which are quick and waited for.
 * @param options.commitPool for commits, one of which is under way at a time.
 * @param options.recoveryMs how long after an unclean stop lost text may come back through others.
 * @param options.now milliseconds since the epoch.
 * @param options.maxKeptLogBytes see `SyncLimits`.
 * @param options.merge where long bodies are merged. Default: in this thread.
 * @param options.runId the run whose lock is held (`only-one.ts`).
 * @param options.reach default: none.
 */
export function postgresStore(
  pool: Pool,
  options: {
    ownPool: Pool
    commitPool: Pool
    recoveryMs: number
    schemaVersion: number
    log: Logger
    now: () => number
    maxKeptLogBytes: number
    runId?: string | undefined
    merge?: Merge | undefined
    reach?: Reach | undefined
  },
): SyncStore {
  const { ownPool, commitPool, merge = mergeHere, reach = noFailpoints } = options
  const run = new ServerRun(pool, options.runId)
  const deletions = new LargeDeletions(pool, options)
  return {
    ...commitStore(commitPool, options),
    recovery: (documentId) => run.recoveryOf(documentId, { forMs: options.recoveryMs }),
    deadNodes: () => run.deadRuns(),
    read: (documentId) => readBody(pool, documentId),
    readAgain: async (documentId, has) => (await readWhole(pool, documentId, { merge, has })).update,
    claims: (documentId) => readClaims(pool, documentId),
    claim: (documentId, wanted) => claimClients(ownPool, documentId, wanted),
    compact: (documentId, rule) => compactBody(pool, documentId, rule, { merge, reach }),
    touch: (changed) => writeUpdatedAt(pool, changed),
    committed: (updates) => deletions.keep(updates.filter(mayDeleteMuch)),
    end: () => run.end(),
  }
}
