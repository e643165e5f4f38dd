import type { Pool } from 'pg'
import { transaction } from '../db/open'
import { writeSettings } from '../inbox/setting-store'
import type { Unsubscribing } from './unsubscribe-token'

/** Turns exactly this kind of mail off; what it tells stays in the inbox. Done twice, it is done once. */
export const unsubscribe = (pool: Pool, { personId, kind }: Unsubscribing): Promise<void> =>
  transaction(pool, (tx) =>
    writeSettings(tx, personId, kind === 'digest' ? { digest: false } : { channels: { [kind]: 'inbox' } }),
  )
