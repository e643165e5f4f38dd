import { afterEach, expect, test, vi } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { encodeAwareness, encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { checksumOf, loadBody } from '../../server/document/update-log'
import { encodeRelay } from '../../server/sync/relay-message'
import { addParagraph, bodyOf, change, copyOf, runOf, textsOf } from '../support/raw-body'
import { setRole } from './documents'
import { Nodes, statsOf } from './nodes'
import { bearer, onSaved, type Person, type Site, when } from './wire'

let nodes: Nodes
/** Lets commits go on that a test holds back. */
let release = async () => {}
afterEach(async () => {
  await release()
  await nodes?.close()
})

/** Nothing is committed to a document until `release`. */
async function holdCommits(id: DocumentId): Promise<void> {
  const holder = await nodes.office.pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from document where id = $1 for update', [id])
  release = async () => {
    release = async () => {}
    await holder.query('rollback')
    holder.release()
  }
}

/** The program's own limit is the test's. */
const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 25_000, interval: 5 })

const joined = (id: DocumentId, person: Person, site: Site) =>
  nodes.office.joined(id, person, '?caps=saved,live', site)

const synced = async (site: Site, id: DocumentId, person: Person, doc = new Y.Doc()) => {
  const provider = site.provider(id, person.token, { doc, params: { caps: 'saved' } })
  onSaved(provider, () => {})
  await when(provider, () => provider.synced)
  return provider
}

const reads = (provider: WebsocketProvider, ...texts: string[]) =>
  when(provider, () => textsOf(provider.doc).join('\n') === texts.join('\n'))

const names = (provider: WebsocketProvider) =>
  [...provider.awareness.getStates()]
    .filter(([id]) => id !== provider.doc.clientID)
    .map(([, state]) => state.user?.name)
    .sort()

const sees = (provider: WebsocketProvider, ...who: string[]) =>
  when(provider, () => names(provider).join() === who.join())

/** An update that is in the log, and that nobody was told of. */
async function storedInSilence(id: DocumentId, text: string): Promise<Uint8Array> {
  const { pool } = nodes.office
  const author = copyOf(bodyOf(1), 77)
  Y.applyUpdate(author, (await loadBody(pool, id)).update)
  const data = change(author, () => addParagraph(author, text))
  await pool.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 77, 9, $2, $3)`,
    [id, Buffer.from(data), checksumOf(data)],
  )
  return data
}

test('29, 33: people at either node see each other’s text and presence', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  const id = await office.document()
  const [ada, grace] = [await synced(a, id, office.ada), await synced(b, id, office.grace)]
  ada.awareness.setLocalState({ user: { name: 'somebody else' }, sectionId: null })
  grace.awareness.setLocalState({})
  await Promise.all([sees(ada, 'grace'), sees(grace, 'ada')])
  runOf(ada.doc, 0).insert(5, ', Grace')
  await reads(grace, 'Hello, Grace')
  runOf(grace.doc, 0).insert(12, ' and Ada')
  await reads(ada, 'Hello, Grace and Ada')
  // Who comes later finds everybody who is here already, whichever node they come to.
  const linus = await synced(b, id, office.linus)
  await sees(linus, 'ada', 'grace')
  const late = await nodes.another()
  const again = await synced(late, id, office.linus)
  await sees(again, 'ada', 'grace', 'linus')
  ada.destroy()
  await sees(grace, 'linus', 'linus')
  await late.close()
})

test('29: nothing is told to other nodes before it is committed', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  const id = await office.document()
  const [ada, grace] = [await joined(id, office.ada, a), await joined(id, office.grace, b)]
  ada.socket.send(encodeUpdate(change(ada.doc, (doc) => runOf(doc, 0).insert(5, '.'))))
  await ada.socket.next('saved')
  await grace.socket.next('update')
  const heard = statsOf(b.relay).heard ?? 0
  await holdCommits(id)
  const near = await joined(id, office.linus, a)
  ada.socket.send(encodeUpdate(change(ada.doc, (doc) => runOf(doc, 0).insert(0, 'Unsaved: '))))
  // Who is at the same node has it at once.
  await near.socket.next('update')
  // Redis has nothing of it: what another client says after it arrives before it.
  const other = nodes.redis.client()
  await other.publish(`doc:{${id}}:c`, encodeRelay({ kind: 'who', node: 'test' }))
  await until(() => (statsOf(b.relay).heard ?? 0) > heard)
  expect(grace.socket.messages.filter((message) => message?.type === 'update')).toEqual([])
  await release()
  Y.applyUpdate(grace.doc, (await grace.socket.next('update')).update)
  expect((await office.stored(id))[0]).toBe('Unsaved: Hello.')
})

test('30: a gap is filled from the stream, and where the stream does not reach back from the log', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  const id = await office.document('')
  const [ada, grace] = [await synced(a, id, office.ada), await synced(b, id, office.grace)]
  const type = (text: string) => runOf(ada.doc, 0).insert(runOf(ada.doc, 0).length, text)
  type('one')
  await reads(grace, 'one')
  const redis = nodes.redis.client()
  const stream = `doc:{${id}}:s`
  // Nobody publishes it: whoever hears the next update finds that one is missing.
  const update = await storedInSilence(id, 'missed')
  await redis.xadd(stream, '*', 'node', 'test', 'update', Buffer.from(update))
  type(' two')
  await reads(grace, 'one two', 'missed')
  expect(statsOf(b.relay)).toMatchObject({ gaps: 1, filledFromStream: 1, filledFromLog: 0 })
  await storedInSilence(id, 'missed too')
  await redis.xtrim(stream, 'MAXLEN', 0)
  await redis.xadd(stream, '*', 'node', 'test', 'update', 'not a word of it')
  type(' three')
  await reads(grace, 'one two three', 'missed', 'missed too')
  expect(statsOf(b.relay)).toMatchObject({ gaps: 2, filledFromStream: 1, filledFromLog: 1 })
})

test('30: what is too long for Redis reaches other nodes through the log', async () => {
  nodes = await Nodes.open({ relayUpdateBytes: 100 })
  const { a, b, office } = nodes
  const id = await office.document('')
  const [ada, grace] = [await synced(a, id, office.ada), await synced(b, id, office.grace)]
  const long = 'long '.repeat(200)
  runOf(ada.doc, 0).insert(0, long)
  await reads(grace, long)
  const [entry] = await nodes.redis.client().xrange(`doc:{${id}}:s`, '-', '+')
  expect(entry?.[1]).toEqual(['node', expect.any(String), 'update', ''])
})

test('31: who lacks what another node has reads the log', async () => {
  nodes = await Nodes.open({ nodeCompareMs: 100 })
  const { a, office } = nodes
  const id = await office.document('')
  const ada = await synced(a, id, office.ada)
  await storedInSilence(id, 'missed')
  const body = (await loadBody(office.pool, id)).update
  const mark = {
    stateVector: Y.encodeStateVectorFromUpdate(body),
    deletes: Buffer.alloc(32),
  }
  await nodes.redis.client().publish(`doc:{${id}}:c`, encodeRelay({ kind: 'mark', node: 'test', mark }))
  await reads(ada, '', 'missed')
})

test('31: a node that lost a message for good is told by the next comparison', async () => {
  nodes = await Nodes.open({ nodeCompareMs: 100, nodeHeartbeatMs: 3_600_000 })
  const { a, b, office } = nodes
  const id = await office.document('')
  const [ada, grace] = [await synced(a, id, office.ada), await synced(b, id, office.grace)]
  const redis = nodes.redis.client()
  await redis.call('ACL', 'SETUSER', 'default', '-publish', '-eval')
  runOf(ada.doc, 0).insert(0, 'unheard')
  await until(async () => (await office.stored(id))[0] === 'unheard')
  await redis.call('ACL', 'SETUSER', 'default', '+publish', '+eval')
  await reads(grace, 'unheard')
})

test('32: what could not be said is said as soon as it can be', async () => {
  nodes = await Nodes.open({ nodeHeartbeatMs: 200, nodeCompareMs: 3_600_000 })
  const { a, b, office } = nodes
  const id = await office.document('')
  const [ada, grace] = [await synced(a, id, office.ada), await synced(b, id, office.grace)]
  const redis = nodes.redis.client()
  await redis.call('ACL', 'SETUSER', 'default', '-publish', '-eval')
  runOf(ada.doc, 0).insert(0, 'unsaid')
  await until(() => statsOf(a.relay).documentsUnsaid === 1)
  expect(statsOf(a.relay).up).toBe(1)
  await redis.call('ACL', 'SETUSER', 'default', '+publish', '+eval')
  await reads(grace, 'unsaid')
})

test('34: two nodes never bind one client id to two people', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  for (let round = 0; round < 10; round++) {
    const id = await office.document()
    const [ada, grace] = [await joined(id, office.ada, a), await joined(id, office.grace, b)]
    const contested = 5_000 + round
    const both = [
      { ...ada, text: 'Ada: ' },
      { ...grace, text: 'Grace: ' },
    ].map(({ doc, socket, text }) => {
      const copy = copyOf(doc, contested)
      if (round % 2 === 0) socket.send(encodeAwareness([{ id: contested, clock: 1, state: '{}' }]))
      socket.send(encodeUpdate(change(copy, () => runOf(copy, 0).insert(0, text))))
      return Promise.race([socket.next('saved'), socket.next('refused')])
    })
    // What is shorter and comes later brings no new clock, and counts as said already.
    await Promise.all(both)
    const { rows } = await office.pool.query<{ person_id: string }>(
      'select person_id from document_client where document_id = $1 and client_id = $2',
      [id, contested],
    )
    expect(rows).toHaveLength(1)
    const isAdas = rows[0]?.person_id === office.ada.id
    expect(await office.stored(id)).toEqual([isAdas ? 'Ada: Hello' : 'Grace: Hello'])
    const { rows: written } = await office.pool.query(
      'select distinct person_id from document_update where document_id = $1 and client_id = $2',
      [id, contested],
    )
    expect(written).toEqual(rows)
  }
})

test('34: an id that is announced at one node is theirs at the other', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  const id = await office.document()
  const ada = await joined(id, office.ada, a)
  ada.socket.send(encodeAwareness([{ id: 4_242, clock: 1, state: '{"sectionId":null}' }]))
  const grace = await joined(id, office.grace, b)
  const { entries } = await grace.socket.next('awareness')
  expect(entries.map((entry) => entry.id)).toContain(4_242)
  const forged = copyOf(grace.doc, 4_242)
  grace.socket.send(
    encodeAwareness([{ id: 4_242, clock: 9, state: '{"sectionId":"forged"}' }]),
    encodeUpdate(change(forged, () => runOf(forged, 0).insert(0, 'forged '))),
  )
  expect((await grace.socket.closed)[0]).toBe(4400)
  const reader = await synced(a, id, office.linus)
  await sees(reader, 'ada')
})

test('35: who comes from another node with text of others that is not stored there yet is not refused', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  const id = await office.document()
  const [ada, grace] = [await joined(id, office.ada, a), await joined(id, office.grace, a)]
  ada.socket.send(encodeUpdate(change(ada.doc, (doc) => runOf(doc, 0).insert(5, '.'))))
  await ada.socket.next('saved')
  await grace.socket.next('update')
  await holdCommits(id)
  // Grace's page has Ada's words before the database does, and moves.
  const words = change(ada.doc, (doc) => runOf(doc, 0).insert(0, 'Ada’s. '))
  ada.socket.send(encodeUpdate(words))
  await grace.socket.next('update')
  Y.applyUpdate(grace.doc, Y.encodeStateAsUpdate(ada.doc))
  grace.socket.close()
  const moved = await joined(id, office.grace, b)
  await moved.socket.next('step1')
  const more = change(grace.doc, (doc) => runOf(doc, 0).insert(0, 'Grace’s. '))
  const asked = vi.spyOn(office.pool, 'query')
  moved.socket.send(encodeStep2(Y.encodeStateAsUpdate(grace.doc)), encodeUpdate(more))
  // The log was read for it once, in vain, and is about to be read once more.
  const looks = () =>
    asked.mock.calls.filter(([text]) => String(text).includes('found_dead_at > now()')).length
  const refused = moved.socket.next('refused').then(() => 'refused')
  expect(await Promise.race([until(() => looks() > 1), refused])).toBe(true)
  await release()
  await moved.socket.next('saved')
  expect(await office.stored(id)).toEqual(['Grace’s. Ada’s. Hello.'])
})

test('26: a role that is taken away at one node closes the socket at the other within 2 s', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  for (const isRedisThere of [true, false]) {
    const id = await office.document()
    const { socket } = await joined(id, office.grace, b)
    if (!isRedisThere) await nodes.redis.kill()
    const since = performance.now()
    await setRole(office.pool, id, office.grace.id, null)
    await a.announce({ type: 'access.changed', documentId: id, personId: office.grace.id })
    expect(await socket.closed).toEqual([4403, 'forbidden'])
    expect(performance.now() - since).toBeLessThan(2_000)
    const again = await b.raw(`/collab/${id}`, bearer(office.grace))
    expect((await again.closed)[0]).toBe(4404)
  }
})

test('26: a role that is taken away without a word is noticed by every node when it looks again', async () => {
  nodes = await Nodes.open({ rejudgeMs: 200 })
  const { a, b, office } = nodes
  const id = await office.document()
  const both = [await joined(id, office.grace, a), await joined(id, office.grace, b)]
  await setRole(office.pool, id, office.grace.id, null)
  for (const { socket } of both) expect(await socket.closed).toEqual([4403, 'forbidden'])
})

test('33: the people of a node that ends are gone at once, and come back at another', async () => {
  nodes = await Nodes.open()
  const { a, b, office } = nodes
  const id = await office.document()
  const [ada, grace] = [await synced(a, id, office.ada), await synced(b, id, office.grace)]
  ada.awareness.setLocalState({})
  grace.awareness.setLocalState({})
  await sees(ada, 'grace')
  await b.close()
  await sees(ada)
  nodes.b = await nodes.another()
  const back = await synced(nodes.b, id, office.grace, grace.doc)
  await Promise.all([sees(ada, 'grace'), sees(back, 'ada')])
})

test('36: sockets and refusals of one person are counted by each node for itself', async () => {
  nodes = await Nodes.open({ maxSocketsPerPerson: 1 })
  const { a, b, office } = nodes
  const id = await office.document()
  await joined(id, office.ada, a)
  expect((await (await a.raw(`/collab/${id}`, bearer(office.ada))).closed)[0]).toBe(4503)
  const there = await joined(id, office.ada, b)
  there.socket.close()
  const viewer = await office.joined(id, office.linus, '', a)
  viewer.socket.send(encodeUpdate(change(viewer.doc, () => runOf(viewer.doc, 0).insert(0, 'x'))))
  expect((await viewer.socket.closed)[0]).toBe(4400)
  await expect(a.raw(`/collab/${id}`, bearer(office.linus))).rejects.toThrow('HTTP 429')
  await office.joined(id, office.linus, '', b)
})
