import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { DocumentSession } from '../../components/sync/document-session'
import { openHeld } from '../../components/sync/held-store'
import { keepText } from '../../components/sync/kept-texts'
import { localStoreName, openLocalStore } from '../../components/sync/local-store'
import type { SessionClock } from '../../components/sync/session-ports'
import { openDocumentSocket } from '../../components/sync/socket'
import type { DocumentAnswer } from '../../lib/api'
import { schemaVersion } from '../../lib/content/schema'
import type { DocumentId } from '../../lib/id'
import { resolveAccess } from '../../server/access/resolve'
import type { Principal } from '../../server/auth/authenticate'
import { transaction } from '../../server/db/open'
import { loadCovering } from '../../server/document/clock'
import { startThread } from '../../server/thread/talk'
import { runOf, textsOf } from '../support/raw-body'
import { Office, onSaved, type Person, when } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterAll(() => office.close())

const clock: SessionClock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

const accessOf = (person: Person, id: DocumentId) =>
  resolveAccess(office.pool, { personId: person.id, scope: 'admin' }, id)

/** Ada's page: the real session, socket and store; what it asks the API is asked of the commands behind it. */
async function adasPage(id: DocumentId): Promise<{ session: DocumentSession; close: () => void }> {
  const { ada } = office
  const principal = { personId: ada.id, scope: 'admin' } as Principal
  const documentAs = async () => {
    const { rows } = await office.pool.query('select status from document where id = $1', [id])
    return { id, title: 'Payment retries', role: 'owner', binnedAt: null, ...rows[0] } as DocumentAnswer
  }
  const keys = new Map<string, string>()
  class Socket extends WebSocket {
    constructor(url: string | URL) {
      super(String(url).replace('localhost', '127.0.0.1'), [], {
        headers: { authorization: `Bearer ${ada.token}` },
      })
      this.on('error', () => {})
    }
  }
  const session = new DocumentSession(
    {
      openStore: (doc, onFailed) => openLocalStore(localStoreName(ada.id, id), doc, onFailed),
      openSocket: (wanted) =>
        openDocumentSocket(
          {
            server: `${office.site.origin.replace('http', 'ws')}/collab`,
            documentId: id,
            schemaVersion,
            personId: ada.id,
            clock: { ...clock, now: () => performance.now() },
            typing: null,
            WebSocket: Socket as unknown as typeof globalThis.WebSocket,
          },
          wanted,
        ),
      readAccess: async () => ({
        kind: 'ok',
        document: await documentAs(),
        canWrite: (await accessOf(ada, id))?.abilities.has('write') ?? false,
      }),
      setAside: keepText,
      findHeld: () => openHeld(ada.id, id),
      isStored: (stateVector) =>
        loadCovering(office.pool, id, Buffer.from(stateVector).toString('base64')).then(
          () => true,
          () => false,
        ),
      propose: async ({ key, body }) => {
        const known = keys.get(key)
        if (known) return known
        const made = await transaction(office.pool, async (tx) => {
          const access = await resolveAccess(tx, principal, id)
          if (!access) throw new Error('no access')
          return startThread(tx, principal, access, {
            kind: 'comment',
            body: '',
            // As it comes over the wire.
            ...(JSON.parse(JSON.stringify(body)) as typeof body),
            now: Date.now(),
          })
        })
        keys.set(key, made.id)
        return made.id
      },
      clock,
      chance: () => 0.5,
    },
    {
      person: { id: ada.id, name: 'Ada', color: '#336699' },
      document: await documentAs(),
      canWrite: (await accessOf(ada, id))?.abilities.has('write') ?? false,
    },
  )
  return { session, close: session.start() }
}

/** What a status move does to those who write. */
async function approve(id: DocumentId): Promise<void> {
  await office.pool.query(
    "update document set status = 'approved', write_epoch = write_epoch + 1 where id = $1",
    [id],
  )
  await office.site.announce({ type: 'document.changed', documentId: id })
  await office.site.announce({ type: 'access.changed', documentId: id })
}

const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 20_000, interval: 10 })
const type = ({ session }: { session: DocumentSession }, words: string) => {
  const { body } = session.view()
  if (!body) throw new Error('nothing is shown')
  runOf(body.doc, 0).insert(runOf(body.doc, 0).length, words)
}
const reads = ({ session }: { session: DocumentSession }) => {
  const { body } = session.view()
  return body ? textsOf(body.doc).join('\n') : null
}
const proposed = async (id: DocumentId): Promise<string[]> => {
  const { rows } = await office.pool.query<{ words: string }>(
    `select s.proposal -> 'replacement' -> 0 ->> 'text' as words from suggestion s join thread t on t.id = s.thread_id
      where t.document_id = $1 order by t.created_at`,
    [id],
  )
  return rows.map(({ words }) => words)
}

test('a sentence that others saw, and that the approval overtook, is a suggestion of its author, and nobody reads it on', async () => {
  const id = await office.document()
  const page = await adasPage(id)
  const witness = office.site.provider(id, office.linus.token, {
    doc: new Y.Doc(),
    params: { caps: 'saved' },
  })
  onSaved(witness, () => {})
  await when(witness, () => witness.synced)
  await until(() => page.session.view().saved.kind === 'saved')
  // The commit waits until the approval has gone before it.
  const holder = await office.pool.connect()
  await holder.query('begin')
  await holder.query("update document set status = 'approved', write_epoch = write_epoch + 1 where id = $1", [
    id,
  ])
  type(page, ', overtaken')
  await when(witness, () => textsOf(witness.doc).join() === 'Hello, overtaken')
  await holder.query('commit')
  holder.release()
  await office.site.announce({ type: 'access.changed', documentId: id })
  await until(() => page.session.view().late.length === 1)
  expect(await proposed(id)).toEqual([', overtaken'])
  expect(await office.stored(id)).toEqual(['Hello'])
  expect(reads(page)).toBe('Hello')
  expect(page.session.view().kept).toEqual([])
  witness.destroy()
  page.close()
})

test('offline while it is approved: what the open page holds is proposed when it comes back, once', async () => {
  const id = await office.document()
  const page = await adasPage(id)
  await until(() => page.session.view().saved.kind === 'saved')
  page.session.networkLost()
  type(page, ', offline')
  await approve(id)
  page.session.wake()
  await until(() => page.session.view().late.length === 1)
  expect([await proposed(id), reads(page), page.session.view().kept]).toEqual([[', offline'], 'Hello', []])
  page.close()
  const again = await adasPage(id)
  await until(() => again.session.view().state.kind === 'live')
  expect((await openHeld(office.ada.id, id))?.held.words ?? '').toBe('')
  expect([again.session.view().late, await proposed(id)]).toEqual([[], [', offline']])
  again.close()
})

test('closed while it was offline, approved days later: the next page proposes what this device has kept', async () => {
  const id = await office.document()
  const page = await adasPage(id)
  await until(() => page.session.view().saved.kind === 'saved')
  page.session.networkLost()
  type(page, ', offline')
  page.close()
  await approve(id)
  const later = await adasPage(id)
  await until(() => later.session.view().late.length === 1)
  expect([await proposed(id), reads(later), later.session.view().kept]).toEqual([[', offline'], 'Hello', []])
  later.close()
})
