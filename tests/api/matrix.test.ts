import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { abilitiesOf, type Phase, type Role, roles, type Scope, scopeCovers, scopes } from '../../lib/access'
import { type RouteName, routes } from '../../lib/api'
import type { Route } from '../../lib/api-route'
import { phaseOf, statuses } from '../../lib/document'
import type { DocumentId, PersonId } from '../../lib/id'
import { resolveAccess } from '../../server/access/resolve'
import { revokeToken } from '../../server/auth/token'
import { onDecisionsSelf } from './matrix/decision'
import { onInboxSelf } from './matrix/inbox'
import type { OnDocument } from './matrix/on-document'
import { onDocument } from './matrix/on-documents'
import { onReviewsSelf } from './matrix/review'
import { type As, failureOf, type Input, type Somebody, type Told, World } from './world'

const entries = Object.entries(onDocument) as [RouteName, OnDocument][]
const unknownId = '00000000-0000-4000-8000-000000000000'

/** The `{id}` of a call, the document or a fresh part of it, and what else its path names. */
async function pathFor({ id, path }: OnDocument, documentId: string, authorId: PersonId) {
  const made = { documentId, authorId }
  return { id: id ? await id(world, made) : documentId, ...(await path?.(world, made)) }
}

/** Routes about the caller or about what they may see: anybody who is signed in and has the scope. */
const onSelf: typeof onInboxSelf = {
  getMe: {},
  listUsers: {},
  listDocuments: {},
  createDocument: { body: { title: 'One more' } },
  importDocument: { raw: { type: 'text/markdown', data: '# One\n\nText.\n' } },
  ...onDecisionsSelf,
  ...onReviewsSelf,
  ...onInboxSelf,
}

/** How edsger calls one of them. */
async function selfInput(name: RouteName): Promise<Input> {
  const input = onSelf[name] ?? {}
  return typeof input === 'function' ? input(world, 'edsger') : input
}

/** Routes that answer without a credential. */
const onNothing: Partial<Record<RouteName, Input>> = { getOpenApi: {} }

let world: World
const documents = {} as Record<Phase, string>
const tokens = new Map<string, As>()
/** Who is what on each document; linus is nobody to them, ada administers the workspace and is nobody either. */
const cast: Record<Role, Somebody> = {
  owner: 'grace',
  editor: 'margaret',
  commenter: 'edsger',
  viewer: 'linus',
}
/** edsger is given and loses roles below, so that somebody else comments. */
const commenter: Somebody = 'linus'

beforeAll(async () => {
  world = await World.open()
  for (const name of ['ada', 'grace', 'linus', 'margaret', 'edsger'] as const) {
    for (const scope of scopes) tokens.set(`${name} ${scope}`, await world.token(name, scope))
  }
  for (const phase of ['open', 'locked', 'binned'] as const) {
    documents[phase] = (await world.document('grace', `The ${phase} one`)).id
  }
})
afterAll(() => world.close())

/** Puts a document back to what it was, whatever a call has done to it. */
async function restore(phase: Phase, role: Role | null, who: Somebody): Promise<void> {
  const id = documents[phase]
  await world.db.query('delete from document_member where document_id = $1 and role <> $2', [id, 'owner'])
  await world.db.query(`update document set status = $2, binned_at = $3, title = 'A title' where id = $1`, [
    id,
    phase === 'locked' ? 'approved' : 'draft',
    phase === 'binned' ? new Date() : null,
  ])
  if (who !== 'edsger') await world.grant(id, 'edsger', 'viewer')
  if (role && role !== 'owner') await world.grant(id, who, role)
}

/** Repeating what is done already is told as that, to the one who may do it; so is writing where nobody may now. */
const refusalOf = (name: RouteName, role: Role | null, phase: Phase): string => {
  const writes = onDocument[name]?.ability === 'write' && (role === 'owner' || role === 'editor')
  if (writes && phase === 'locked') return '409 conflict'
  const again =
    name === 'restoreDocument' ? phase !== 'binned' : name === 'deleteDocument' && phase === 'binned'
  return again && role === 'owner' ? '409 conflict' : '403 forbidden'
}

/** Two answers that differ in nothing but the request's id. */
const alike = (told: Told) => ({ status: told.status, error: { ...told.body.error, requestId: 'any' } })

test('every route of the table is in this matrix', () => {
  const covered = [...Object.keys(onDocument), ...Object.keys(onSelf), ...Object.keys(onNothing)]
  expect(covered.sort()).toEqual(Object.keys(routes).sort())
})

const who = (role: Role | null): Somebody =>
  role === null ? 'linus' : role === 'commenter' || role === 'viewer' ? commenter : cast[role]

describe.each(['open', 'locked', 'binned'] as const)('a document that is %s', (phase) => {
  test.each([...roles, null])('for its %s, with every scope, over every route', async (role) => {
    const somebody = who(role)
    for (const scope of scopes) {
      const as = tokens.get(`${somebody} ${scope}`) ?? null
      for (const [name, entry] of entries) {
        const { ability, input } = entry
        const route: Route = routes[name]
        await restore(phase, role, somebody)
        const made = { documentId: documents[phase], authorId: world.ids[somebody] }
        const query = await entry.query?.(world, made)
        const path = await pathFor(entry, documents[phase], world.ids[somebody])
        const given = { ...input?.(world, made.authorId), ...(query ? { query } : {}) }
        const told = await world.call(name, as, { ...given, params: { ...path, ...given.params } })
        const able = abilitiesOf({ role, scope, phase })
        const cell = `${name} as ${role} with ${scope}`
        if (!scopeCovers(scope, route.scope)) {
          expect(`${cell}: ${failureOf(told)}`).toBe(`${cell}: 403 forbidden`)
        } else if (able.size === 0) {
          expect(`${cell}: ${failureOf(told)}`).toBe(`${cell}: 404 not_found`)
          const unknown = { sectionId: 'unknown', id: unknownId, ...given.params }
          expect(alike(told)).toEqual(alike(await world.call(name, as, { ...given, params: unknown })))
        } else if (!able.has(ability)) {
          expect(`${cell}: ${failureOf(told)}`).toBe(`${cell}: ${refusalOf(name, role, phase)}`)
        } else if (entry.refused?.[phase]) {
          expect(`${cell}: ${failureOf(told)}`).toBe(`${cell}: ${entry.refused[phase]}`)
        } else {
          expect(`${cell}: ${told.status}`).toBe(`${cell}: ${route.status}`)
          if (route.status !== 204) route.output.parse(told.body)
        }
      }
    }
  })

  test('for an administrator who has no role on it, as if there were none', async () => {
    await restore(phase, null, 'linus')
    for (const [name, entry] of entries) {
      const made = { documentId: documents[phase], authorId: world.ids.ada }
      const query = await entry.query?.(world, made)
      const path = await pathFor(entry, documents[phase], world.ids.ada)
      const given = { ...entry.input?.(world, made.authorId), ...(query ? { query } : {}) }
      const told = await world.call(name, tokens.get('ada admin') ?? null, {
        ...given,
        params: { ...path, ...given.params },
      })
      expect(`${name}: ${failureOf(told)}`).toBe(`${name}: 404 not_found`)
    }
  })

  test('is listed for exactly those whom the judge lets read it', async () => {
    for (const role of [...roles, null]) {
      await restore(phase, role, who(role))
      const as = tokens.get(`${who(role)} read`) ?? null
      const query = { binned: String(phase === 'binned') }
      const listed = (await world.call('listDocuments', as, { query })).body.items
      const readable = abilitiesOf({ role, scope: 'read', phase }).has('read')
      expect(`${role}: ${listed.some((item: { id: string }) => item.id === documents[phase])}`).toBe(
        `${role}: ${readable}`,
      )
    }
  })
})

test('whoever shows nothing, or nothing that counts, is told so on every route but the public ones', async () => {
  await restore('open', 'viewer', 'linus')
  const revoked = await world.token('grace')
  const { rows } = await world.db.query('select id from token order by created_at desc limit 1')
  await revokeToken(world.db, { tokenId: rows[0].id, personId: world.ids.grace, now: Date.now() })
  const ended = await world.browser('grace')
  await world.db.query("update session set expires_at = now() - interval '1 second'")
  const ticket = await world.call('createTicket', tokens.get('grace admin') ?? null, {
    params: { id: documents.open },
  })
  const nobodies: Record<string, As> = {
    'no credential': null,
    'an unknown token': { token: `rat_${'A'.repeat(43)}` },
    'no token at all': { token: 'hello' },
    'a revoked token': revoked,
    'an expired token': await world.token('grace', 'admin', new Date(Date.now() - 1_000)),
    'an ended session': ended,
    'a ticket for a socket': { token: ticket.body.ticket },
  }
  for (const [what, as] of Object.entries(nobodies)) {
    for (const name of [...Object.keys(onDocument), ...Object.keys(onSelf)] as RouteName[]) {
      const given = onDocument[name]?.input?.(world, world.ids.grace) ?? (await selfInput(name))
      const told = await world.call(name, as, { ...given, params: { id: documents.open, ...given.params } })
      expect(`${name} with ${what}: ${failureOf(told)}`).toBe(`${name} with ${what}: 401 unauthenticated`)
    }
  }
  for (const name of Object.keys(onNothing) as RouteName[]) {
    expect((await world.call(name, null)).status).toBe(200)
  }
})

test('routes about oneself need a credential of their scope, and answer in the shape of the table', async () => {
  for (const name of Object.keys(onSelf) as RouteName[]) {
    const route: Route = routes[name]
    for (const scope of scopes as readonly Scope[]) {
      const input = await selfInput(name)
      const told = await world.call(name, tokens.get(`edsger ${scope}`) ?? null, input)
      if (scopeCovers(scope, route.scope)) {
        expect(`${name} with ${scope}: ${told.status}`).toBe(`${name} with ${scope}: ${route.status}`)
        if (route.status !== 204) route.output.parse(told.body)
      } else expect(failureOf(told)).toBe('403 forbidden')
    }
  }
})

test('a browser may do what its person may, from our pages alone', async () => {
  await restore('open', null, 'linus')
  const browser = await world.browser('grace')
  const params = { id: documents.open }
  const body = { title: 'From the page' }
  expect((await world.call('updateDocument', browser, { params, body })).status).toBe(200)
  for (const origin of [
    null,
    'null',
    'https://evil.example',
    'http://localhost:4401',
    'http://localhost.evil:4400',
  ]) {
    const told = await world.call(
      'updateDocument',
      { ...browser, origin },
      { params, body: { title: 'Forged' } },
    )
    expect(`${origin}: ${failureOf(told)}`).toBe(`${origin}: 403 bad_origin`)
  }
  expect((await world.call('getDocument', { ...browser, origin: null }, { params })).body.title).toBe(
    body.title,
  )
})

test('the judge and the table of statuses agree on what is open, locked and binned', async () => {
  const { id } = await world.document('grace', 'Of every status')
  const documentId = id as DocumentId
  const grace = { personId: world.ids.grace, scope: 'admin' as const }
  for (const status of statuses) {
    for (const binned of [false, true]) {
      await world.db.query('update document set status = $2, binned_at = $3 where id = $1', [
        id,
        status,
        binned ? new Date() : null,
      ])
      const access = await resolveAccess(world.db, grace, documentId)
      expect(`${status} ${binned}: ${access?.phase}`).toBe(
        `${status} ${binned}: ${phaseOf({ status, binned })}`,
      )
    }
  }
})
