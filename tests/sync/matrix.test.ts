import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { abilitiesOf, type Phase, type Role, roles, scopes } from '../../lib/access'
import type { DocumentId } from '../../lib/id'
import {
  type ClientMessage,
  decodeClientMessage,
  encodeAwareness,
  encodeQueryAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  messageNumber,
  syncNumber,
} from '../../lib/sync/message'
import { issueToken } from '../../server/auth/token'
import { change, runOf } from '../support/raw-body'
import { setRole } from './documents'
import { bearer, Office, type Person, type RawSocket } from './wire'

let office: Office
let nobody: Person
let cells = 0
beforeAll(async () => {
  office = await Office.open()
  nobody = await office.site.person('nobody')
})
afterAll(async () => {
  console.log(`socket messages: ${cells} cells`)
  await office.close()
})

interface Cell {
  readonly socket: RawSocket
  readonly doc: Y.Doc
  readonly writes: boolean
  /** Somebody else's socket on the same document; null where nobody else is let in. */
  readonly witness: RawSocket | null
}

const start = { type: null, tname: 'content', item: null, assoc: 0 }

const typing = ({ doc }: Cell) => change(doc, () => runOf(doc, 0).insert(0, '!'))

async function writing({ socket, writes }: Cell, frame: Uint8Array): Promise<void> {
  socket.send(frame)
  if (writes) return void (await socket.next('saved'))
  expect((await socket.next('refused')).refusal).toEqual({ message: 1, code: 'read_only' })
  expect((await socket.closed)[0]).toBe(4400)
}

/** What becomes of each message of a client that has been let in; said here once more and on purpose. */
const messages: Record<ClientMessage['type'], (cell: Cell) => Promise<void>> = {
  async step1({ socket, doc }) {
    socket.send(encodeStep1(Y.encodeStateVector(doc)))
    await socket.next('step2')
  },
  step2: (cell) => writing(cell, encodeStep2(typing(cell))),
  update: (cell) => writing(cell, encodeUpdate(typing(cell))),
  async awareness({ socket, doc, writes, witness }) {
    const forged = { user: { name: 'Somebody else' }, cursor: { anchor: start, head: start }, sectionId: 'a' }
    socket.send(encodeAwareness([{ id: doc.clientID, clock: 1, state: JSON.stringify(forged) }]))
    while (witness) {
      const { entries } = await witness.next('awareness')
      const said = entries.find(({ id }) => id === doc.clientID)
      if (!said) continue
      const state = JSON.parse(said.state)
      expect(state.user.name).not.toBe('Somebody else')
      expect(state.cursor !== null).toBe(writes)
      return
    }
  },
  async queryAwareness({ socket }) {
    socket.send(encodeQueryAwareness())
    await socket.next('awareness')
  },
}

/** Numbers that the server alone sends. */
const ofTheServer = ['auth', 'saved', 'refused', 'live'] as const

test('every message that a client can send is in this matrix', () => {
  const sync = Object.values(syncNumber).map((step) => Uint8Array.of(messageNumber.sync, step, 0))
  const others = Object.entries(messageNumber)
    .filter(([name]) => name !== 'sync')
    .map(([, number]) => Uint8Array.of(number))
  const known = [...sync, ...others, encodeAwareness([])].map((frame) => decodeClientMessage(frame)?.type)
  expect(Object.keys(messages).sort()).toEqual([...new Set(known.filter(Boolean))].sort())
  const numbers = ['sync', 'awareness', 'queryAwareness', ...ofTheServer]
  expect(numbers.sort()).toEqual(Object.keys(messageNumber).sort())
})

const actors = (role: Role | null): Person =>
  role === null ? nobody : role === 'owner' ? office.ada : office.grace

async function documentFor(role: Role | null, phase: Phase): Promise<DocumentId> {
  const id = await office.document()
  await setRole(office.pool, id, office.grace.id, null)
  if (role !== null && role !== 'owner') await setRole(office.pool, id, office.grace.id, role)
  await office.pool.query('update document set status = $2, binned_at = $3 where id = $1', [
    id,
    phase === 'locked' ? 'approved' : 'draft',
    phase === 'binned' ? new Date() : null,
  ])
  return id
}

test.each(
  (['open', 'locked', 'binned'] as const).flatMap((phase) =>
    [...roles, null].map((role) => ({ phase, role })),
  ),
)(
  'a document that is $phase, for its $role, with every scope, over every message',
  async ({ phase, role }) => {
    const id = await documentFor(role, phase)
    const witness = phase === 'binned' ? null : (await office.joined(id, office.linus)).socket
    let written = 0
    for (const scope of scopes) {
      const { id: personId } = actors(role)
      const as = { ...actors(role), ...(await issueToken(office.pool, { personId, scope, name: 'test' })) }
      const able = abilitiesOf({ role, scope, phase })
      if (!able.has('read')) {
        cells += Object.keys(messages).length
        const socket = await office.site.raw(`/collab/${id}?caps=saved`, bearer(as))
        const update = encodeUpdate(Uint8Array.of(0, 0))
        socket.send(encodeStep1(Uint8Array.of(0)), update, encodeAwareness([]), encodeQueryAwareness())
        expect((await socket.closed)[0], scope).toBe(4404)
        expect(socket.messages, scope).toEqual([])
        continue
      }
      for (const [type, expects] of Object.entries(messages)) {
        cells += 1
        const { socket, doc } = await office.joined(id, as)
        const writes = able.has('write')
        await expects({ socket, doc, writes, witness })
        if (writes && (type === 'step2' || type === 'update')) written += 1
        socket.close()
        await socket.closed
      }
    }
    expect(await office.stored(id)).toEqual([`${'!'.repeat(written)}Hello`])
    witness?.close()
    await witness?.closed
  },
)

test.each(ofTheServer)('what the server alone says (%s) ends the socket that says it', async (name) => {
  const careless = await office.site.person(`careless ${name}`)
  const id = await office.document()
  await setRole(office.pool, id, careless.id, 'editor')
  const { socket } = await office.joined(id, careless)
  socket.send(Uint8Array.of(messageNumber[name], 0))
  expect((await socket.closed)[0]).toBe(1007)
})
