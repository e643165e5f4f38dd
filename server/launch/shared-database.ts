import { startEmbedded } from '../db/embedded'
import { createLog } from '../log'
import { takeFolder } from './instance-lock'

/**
 * The PostgreSQL that comes with Rationale, for several nodes on this machine: the folder is held like a
 * server's, so that a server of its own is refused and `--token-for` finds the database.
 *
 * @returns its URL (over a unix socket), and what stops it and gives the folder back.
 * @throws StartRefused
 */
export async function startShared(dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const giveBack = await takeFolder(dataDir, 'server')
  try {
    const log = createLog({ level: 'warn', terminal: process.stderr.isTTY === true })
    const { connection, stop } = await startEmbedded({ dataDir, log })
    const { host, port, user, database } = connection
    return {
      url: `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
      stop: async () => {
        await stop()
        await giveBack()
      },
    }
  } catch (error) {
    await giveBack()
    throw error
  }
}
