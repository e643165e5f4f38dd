import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { abilitiesOf, type Phase, type Role, roles } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import { sessionCookieName } from '../../server/auth/cookies'
import { digest } from '../../server/auth/secret'
import { unsubscribeToken } from '../../server/notify/unsubscribe-token'
import { origin, type Somebody, World } from './world'

const asked = vi.hoisted(() => ({ cookie: '', session: null as string | null }))
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) =>
      name === asked.cookie && asked.session !== null ? { value: asked.session } : undefined,
  }),
}))
// As Next has them: both end the page by throwing.
vi.mock('next/navigation', () => ({
  notFound: () => {
    throw new Error('not found')
  },
  redirect: (to: string) => {
    throw new Error(`to ${to}`)
  },
}))
vi.mock('next/dynamic', () => ({ default: () => () => null }))

/** Who a page answers; said here once more and on purpose. */
const pages: Record<string, 'document' | 'oneself' | 'anybody'> = {
  '/': 'oneself',
  '/bin': 'oneself',
  '/d/[id]': 'document',
  '/decisions': 'oneself',
  '/terms': 'oneself',
  '/d/[id]/history': 'document',
  '/[number]': 'document',
  '/inbox': 'oneself',
  '/inbox/settings': 'oneself',
  '/sign-in': 'anybody',
  '/signed-in': 'oneself',
  '/unsubscribe/[token]': 'anybody',
}

type Props = { params: Promise<Record<string, string>>; searchParams: Promise<Record<string, string>> }
interface PageFile {
  readonly default: (props: Props) => Promise<{ props: Record<string, unknown> }>
  readonly generateMetadata?: (props: Props) => Promise<{ title: { absolute: string } }>
}

let world: World
const files = new Map<string, PageFile>()
const documents = {} as Record<Phase, DocumentAnswer>
const sessions = new Map<Somebody, string>()
/** Pages that were asked for, as somebody. */
let cells = 0

beforeAll(async () => {
  world = await World.open()
  asked.cookie = sessionCookieName(origin)
  const app = join(import.meta.dirname, '../../app')
  for (const file of await readdir(app, { recursive: true })) {
    if (!/(^|\/)page\.tsx$/.test(file)) continue
    const path = `/${file.replace(/\/?page\.tsx$/, '').replace(/\([^)]*\)\/?/g, '')}`
    files.set(path.replace(/(.)\/$/, '$1'), await import(pathToFileURL(join(app, file)).href))
  }
  for (const phase of ['open', 'locked', 'binned'] as const)
    documents[phase] = await world.document('grace', `Secret ${phase}`)
  await world.db.query("update document set status = 'approved' where id = $1", [documents.locked.id])
  await world.db.query('update document set binned_at = now() where id = $1', [documents.binned.id])
  for (const name of ['ada', 'grace', 'linus', 'margaret', 'edsger'] as const)
    sessions.set(name, (await world.browser(name)).value)
}, 120_000)
afterAll(async () => {
  console.log(`pages: ${cells} cells`)
  await world.close()
})

/** What a page does with whoever shows this session: what it draws, or how it ends. */
async function open(path: string, session: string | null, params: Record<string, string> = {}) {
  cells += 1
  asked.session = session
  const file = files.get(path)
  if (!file) throw new Error(`no page ${path}`)
  const props = () => ({ params: Promise.resolve(params), searchParams: Promise.resolve({}) })
  const ended = (error: unknown) => (error as Error).message
  const title = (await file.generateMetadata?.(props()).then((told) => told.title.absolute, ended)) ?? null
  return file.default(props()).then(
    (drawn) => ({ drawn: drawn.props, end: null, title }),
    (error: unknown) => ({ drawn: null, end: ended(error), title }),
  )
}

function paramsOf(path: string, { id, number }: DocumentAnswer): Record<string, string> {
  if (path === '/[number]') return { number: String(number) }
  if (path !== '/unsubscribe/[token]') return { id }
  return { token: unsubscribeToken(world.runtime.authSecret, { personId: world.ids.grace, kind: 'reply' }) }
}
const onDocument = () => Object.keys(pages).filter((path) => pages[path] === 'document')

test('every page on disk is in this matrix', () => {
  expect(Object.keys(pages).sort()).toEqual([...files.keys()].sort())
})

test.each(['open', 'locked', 'binned'] as const)(
  'a document that is %s opens for those whom the judge lets read it, and for nobody else',
  async (phase) => {
    const document = documents[phase]
    const everybody: [Role | 'administrator' | null, Somebody][] = [
      ...roles.map((role): [Role, Somebody] => [role, role === 'owner' ? 'grace' : 'linus']),
      [null, 'linus'],
      ['administrator', 'ada'],
    ]
    for (const [who, name] of everybody) {
      await world.db.query("delete from document_member where document_id = $1 and role <> 'owner'", [
        document.id,
      ])
      const role = who === 'administrator' ? null : who
      if (role && role !== 'owner') await world.grant(document.id, name, role)
      const reads = abilitiesOf({ role, scope: 'admin', phase }).has('read')
      for (const path of onDocument()) {
        const told = await open(path, sessions.get(name) ?? null, paramsOf(path, document))
        const cell = `${path} as ${who}: `
        if (!reads) {
          expect(cell + told.end).toBe(`${cell}not found`)
          if (told.title !== null) expect(told.title).toBe('not found')
        } else if (path === '/d/[id]/history') {
          const may = abilitiesOf({ role, scope: 'admin', phase })
          expect(told.drawn, cell).toMatchObject({
            document: { id: document.id },
            mayKeep: may.has('keep_versions'),
            mayPutBack: may.has('write'),
          })
        } else if (path === '/[number]') expect(cell + told.end).toBe(`${cell}to /d/${document.id}`)
        else {
          expect(told.drawn, cell).toMatchObject({
            document: { id: document.id, role },
            canWrite: abilitiesOf({ role, scope: 'admin', phase }).has('write'),
          })
          expect(told.title).toContain(document.title)
        }
      }
      const home = await open('/', sessions.get(name) ?? null)
      const { items } = (home.drawn as { first: { items: DocumentAnswer[] } }).first
      const listed = items.some(({ id }) => id === document.id)
      expect(`${who} finds it at home: ${listed}`).toBe(
        `${who} finds it at home: ${reads && phase !== 'binned'}`,
      )
    }
  },
)

test('an unknown document, and what is no id at all, is told like one that is kept from somebody', async () => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense', '../..', 'a\0b', ''])
    expect((await open('/d/[id]', sessions.get('edsger') ?? null, { id })).end).toBe('not found')
  for (const number of ['999999', 'TDD-999999', 'nonsense', "1'--", '0'])
    expect((await open('/[number]', sessions.get('edsger') ?? null, { number })).end).toBe('not found')
})

test('whoever is nobody is sent to sign in from every page that is not for anybody, and sees no title', async () => {
  const ended = (await world.browser('grace')).value
  await world.db.query("update session set expires_at = now() - interval '1 second' where token_hash = $1", [
    digest(ended),
  ])
  const suspended = sessions.get('margaret') ?? null
  await world.db.query('update person set suspended_at = now() where id = $1', [world.ids.margaret])
  await world.grant(documents.open.id, 'margaret', 'editor')
  const nobodies = { 'no session': null, 'a made-up one': 'x'.repeat(43), 'an ended one': ended, suspended }
  for (const [what, session] of Object.entries(nobodies)) {
    for (const [path, forWhom] of Object.entries(pages)) {
      const told = await open(path, session, paramsOf(path, documents.open))
      const cell = `${path} with ${what}: `
      if (forWhom === 'anybody') expect(told.drawn, cell).not.toBeNull()
      else expect(cell + told.end).toMatch(`${cell}to /sign-in`)
      if (told.title !== null) expect(cell + told.title).toMatch(`${cell}to /sign-in`)
      expect(JSON.stringify(told)).not.toContain('Secret')
    }
  }
  for (const path of ['/', '/bin', '/signed-in'])
    expect((await open(path, sessions.get('edsger') ?? null)).end, path).toBeNull()
  expect((await open('/sign-in', sessions.get('edsger') ?? null)).end).toBe('to /')
})
