import type { Pool } from 'pg'
import { transaction } from '../db/open'
import { readChannels, writeSettings } from '../inbox/setting-store'
import type { Unsubscribing } from './unsubscribe-token'

/**
 * Turns exactly this kind of mail off; what it tells stays in the inbox, unless its reader wants it nowhere. Done twice,
 * it is done once.
 */
export const unsubscribe = (pool: Pool, { personId, kind }: Unsubscribing): Promise<void> =>
  transaction(pool, async (tx) => {
    if (kind === 'digest') return writeSettings(tx, personId, { digest: false })
    const chosen = (await readChannels(tx, [personId])).get(personId)
    if (chosen?.[kind] !== 'off') await writeSettings(tx, personId, { channels: { [kind]: 'inbox' } })
  })
