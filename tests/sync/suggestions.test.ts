import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import { resolveAccess } from '../../server/access/resolve'
import type { Principal } from '../../server/auth/authenticate'
import { type Queryable, transaction } from '../../server/db/open'
import { acceptSuggestion } from '../../server/thread/suggestion-accept'
import { startThread } from '../../server/thread/talk'
import { runOf, textsOf } from '../support/raw-body'
import { Nodes } from './nodes'
import { onSaved, type Person, type Site, when } from './wire'

let nodes: Nodes
beforeAll(async () => {
  nodes = await Nodes.open()
})
afterAll(() => nodes?.close())

/** As a route calls a command: with the document held, and judged. */
async function asks<Answer>(
  who: Person,
  id: DocumentId,
  run: (
    tx: Queryable,
    principal: Principal,
    access: NonNullable<Awaited<ReturnType<typeof resolveAccess>>>,
  ) => Promise<Answer>,
): Promise<Answer> {
  const principal = { personId: who.id, scope: 'write', credentialId: `t:${who.tokenId}` } as Principal
  return transaction(nodes.office.pool, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [id])
    const access = await resolveAccess(tx, principal, id)
    if (!access) throw new Error('no access')
    return run(tx, principal, access)
  })
}

const page = async (site: Site, id: DocumentId, person: Person): Promise<WebsocketProvider> => {
  const provider = site.provider(id, person.token, { doc: new Y.Doc(), params: { caps: 'saved' } })
  onSaved(provider, () => {})
  await when(provider, () => provider.synced)
  return provider
}
const reads = (provider: WebsocketProvider, text: string) =>
  when(provider, () => textsOf(provider.doc).join('\n') === text)

test('accepted by two at the same moment, it is in the text once, on the pages of both nodes, while somebody types', async () => {
  const { ada, grace } = nodes.office
  const id = await nodes.office.document()
  const [here, there] = [await page(nodes.a, id, ada), await page(nodes.b, id, grace)]
  await reads(there, 'Hello')
  const made = await asks(grace, id, (tx, principal, access) =>
    startThread(tx, principal, access, {
      kind: 'comment',
      body: '',
      quote: 'Hello',
      suggestion: { replacement: 'Hallo' },
      now: Date.now(),
    }),
  )
  const accept = (who: Person) =>
    asks(who, id, (tx, principal, access) =>
      acceptSuggestion(tx, principal, access, { threadId: made.id, now: Date.now() }),
    )
  runOf(here.doc, 0).insert(5, ', Grace')
  await reads(there, 'Hello, Grace')
  const ends = await Promise.allSettled([accept(ada), accept(grace)])
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = ends.find((end) => end.status === 'rejected')
  expect((refused?.reason as PublicError | undefined)?.code).toBe('conflict')
  runOf(there.doc, 0).insert(runOf(there.doc, 0).length, '!')
  await Promise.all([reads(here, 'Hallo, Grace!'), reads(there, 'Hallo, Grace!')])
  here.destroy()
  there.destroy()
})
