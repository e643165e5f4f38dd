import type { Pool } from 'pg'
import type { DocumentId } from '../../lib/id'
import { noFailpoints, type Reach } from '../failpoint'
import { insertUpdates, type LoggedUpdate, quarantine } from './update-log'

/** Where the committer commits to; a test gives one that fails. */
export interface CommitStore {
  /** Stores of each document all updates or none. @returns the documents whose fence let them pass. */
  insert(
    updates: readonly LoggedUpdate[],
    options: { readonly again: boolean },
  ): Promise<ReadonlySet<DocumentId>>
  /** Keeps bytes beside the log. */
  quarantine(updates: readonly LoggedUpdate[], reason: string): Promise<void>
}

/** A commit that takes longer than this counts as failed; its connection is given up. */
const commitTimeoutMs = 15_000

/**
 * @param options.schemaVersion the content schema under which this server takes updates.
 * @param options.reach default: none.
 */
export const commitStore = (
  pool: Pool,
  { schemaVersion, reach = noFailpoints }: { schemaVersion: number; reach?: Reach | undefined },
): CommitStore => ({
  insert: async (updates, { again }) => {
    await reach('commit: sending')
    const passed = await insertUpdates(pool, updates, { again, timeoutMs: commitTimeoutMs, schemaVersion })
    await reach('commit: stored')
    return passed
  },
  quarantine: (updates, reason) => quarantine(pool, updates, reason),
})
