import pino from 'pino'
import { builtInIssuer } from '../../../server/auth/issuer'
import { noFailpoints, type Reach } from '../../../server/failpoint'
import { writeDigests } from '../../../server/notify/digest'
import { type PostParts, postAll } from '../../../server/notify/post'
import { openMailServer } from '../../support/mail-server'
import { InboxWorld } from '../inbox/inbox-world'
import { authSecret, configOf } from './mail-config'

/** The inbox with a mail server beside it. */
export async function openMailWorld() {
  const world = await InboxWorld.open()
  const server = await openMailServer()
  const logged: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const taken = new Set<string>()
  const post = (given: { reach?: Reach; ending?: AbortSignal; mail?: string } = {}) => {
    const parts: PostParts = {
      pool: world.db,
      log,
      now: () => world.nowMs,
      config: configOf(given.mail ?? server.url),
      authSecret,
      reach: given.reach ?? noFailpoints,
      random: () => 0.5,
      taken,
    }
    return postAll(parts, given.ending ?? new AbortController().signal)
  }
  return {
    world,
    server,
    logged,
    /** One run of the job that sends. */
    post,
    /** One run of the job that writes the mails of the day, and then of the one that sends. */
    async digest() {
      await Promise.all([
        writeDigests(world.db, { now: world.now, hour: 9 }),
        writeDigests(world.db, { now: world.now, hour: 9 }),
      ])
      await post()
    },
    async outcomes(): Promise<(string | null)[]> {
      const { rows } = await world.db.query('select outcome from mail order by created_at, id')
      return rows.map((row) => row.outcome)
    },
    async reset() {
      await world.db.query('truncate notice, mail, happening, notice_setting, document_watch')
      await world.db.query('update person set suspended_at = null, issuer = $1', [builtInIssuer])
      server.mails.splice(0)
      Object.assign(server.manners, {
        recipient: null,
        content: null,
        beforeTaking: null,
        hangUpAfterTaking: false,
      })
      taken.clear()
    },
    async close() {
      await server.close()
      await world.close()
    },
  }
}
export type MailWorld = Awaited<ReturnType<typeof openMailWorld>>
