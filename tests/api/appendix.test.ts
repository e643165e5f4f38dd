import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewerAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import { mentionOf } from '../../lib/comment'
import { appendixMarkdown } from '../../lib/content/appendix'
import { importMarkdown } from '../../lib/content/markdown/markdown-import'
import { contentSchema } from '../../lib/content/schema'
import { said } from './thread-story'
import { type As, failureOf, World } from './world'

let world: World
let ada: As
let grace: As
let id: string

beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace')
  const made = await world.call('importDocument', ada, {
    raw: { type: 'text/markdown', data: '# Named so\n\n## Why\n\nRetries are sent at least once.\n' },
  })
  id = made.body.document.id
  await world.grant(id, 'grace', 'editor')
})
afterAll(() => world.close())

const content = (query: Record<string, string> = {}) =>
  world.call('getContent', ada, { params: { id }, query: { format: 'markdown', ...query } })
const withThreads = async (): Promise<string> => (await content({ appendix: 'threads' })).body
const start = async (as: As, body: Record<string, unknown>): Promise<ThreadAnswer> => {
  const told = await world.call('createThread', as, { params: { id }, body })
  if (told.status !== 201) throw new Error(JSON.stringify(told.body))
  return told.body
}
const on = (threadId: string) => ({ params: { id: threadId } })

test('an export says nothing of threads unless it is asked to, and then all of it behind the text', async () => {
  const before = await content()
  const empty = await withThreads()
  expect(empty).toContain(before.body.trimEnd())
  expect(empty).toMatch(/# Appendix: review[\s\S]*Nobody was asked to review\.[\s\S]*There are none\./)

  const blocking = await start(grace, {
    kind: 'blocking',
    body: `Ask ${mentionOf(world.ids.ada)}.`,
    quote: 'at least once',
  })
  await world.call('createComment', ada, { ...on(blocking.id), body: { body: 'Measured:\n3 ms.' } })
  await world.call('resolveThread', ada, {
    ...on(blocking.id),
    body: { outcome: 'wont_fix', reason: 'It is fast enough.' },
  })
  await start(grace, { kind: 'question', body: 'For whom?', quote: 'Retries' })
  const gone = await start(ada, { body: 'On all of it.' })
  await world.call('createComment', grace, { ...on(gone.id), body: { body: 'Why?' } })
  await world.call('deleteComment', ada, on(gone.comments[0]?.id ?? ''))

  const after = await content()
  expect([after.body, after.headers.get('etag')]).toEqual([before.body, before.headers.get('etag')])
  const text = await withThreads()
  expect(text.startsWith(before.body.trimEnd())).toBe(true)
  const [open = '', resolved = ''] = text.split('## Resolved threads')
  expect(open).toMatch(
    /### Question on Why\n\n> Retries\n\n\*\*Grace Hopper\*\*, \d{4}-\d\d-\d\d \d\d:\d\d UTC:\n\nFor whom\?/,
  )
  expect(open).toMatch(
    /### Comment on the document\n\n\*\*Ada Lovelace\*\*, [^\n]+:\n\nRemoved by Ada Lovelace\./,
  )
  expect(resolved).toMatch(/### Blocking on Why\n\n> at least once/)
  expect(resolved).toContain('Ask @Ada Lovelace.')
  expect(resolved).toContain('Measured:\\\n3 ms.')
  expect(resolved).toMatch(/\*\*Overruled\*\*, says Ada Lovelace, [^\n]+ UTC: It is fast enough\./)
  const json = await content({ format: 'json', appendix: 'threads' })
  expect([failureOf(json), said(json)]).toEqual(['400 invalid', expect.stringMatching(/Only Markdown/)])
})

test('sections are signed off with who said so, why one does not apply, and who looks after it', async () => {
  expect(await withThreads()).not.toContain('## Sections')
  const { items } = (await world.call('listSections', ada, { params: { id } })).body
  const why = items.find(({ title }: { title: string }) => title === 'Why')
  const say = async (body: object) => {
    const told = await world.call('updateSection', grace, { params: { id, sectionId: why.id }, body })
    expect(told.status).toBe(200)
    return (await withThreads()).split('## Sections')[1]?.split('## ')[0]
  }
  expect(await say({ state: 'ready', ownerId: world.ids.ada })).toMatch(
    /\| \S*\s?Why \| Ready \| Grace Hopper \| \d{4}-\d\d-\d\d \d\d:\d\d UTC \| Ada Lovelace \|/,
  )
  expect(await say({ state: 'not_applicable', notApplicableReason: 'No *money* moves.' })).toMatch(
    /Why \| Does not apply: No \\\*money\\\* moves\. \| Grace Hopper \|/,
  )
})

test('it has an ETag of its own, and what is not sent yet is in it for nobody', async () => {
  const first = await content({ appendix: 'threads' })
  await world.db.query(
    `insert into thread (id, document_id, kind, quote, author_id, unsent_in, created_at, updated_at)
     values ($1, $2, 'comment', '', $3, $1, now(), now())`,
    [randomUUID(), id, world.ids.ada],
  )
  await world.db.query(
    `insert into thread_comment (id, thread_id, author_id, body, unsent_in, created_at)
     select id, id, author_id, 'Secret so far.', unsent_in, now() from thread where unsent_in is not null`,
  )
  const second = await content({ appendix: 'threads' })
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
  const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
  const query = { format: 'markdown', appendix: 'threads' }
  expect((await world.call('getContent', ada, { params: { id }, query, headers })).status).toBe(304)
  await start(grace, { body: 'One more.' })
  expect((await world.call('getContent', ada, { params: { id }, query, headers })).status).toBe(200)
})

const person = (name: string) => ({ id: randomUUID(), name, email: null, color: '#123456', picture: null })
const asked = (name: string, given: Partial<ReviewerAnswer>): ReviewerAnswer => ({
  person: person(name),
  required: true,
  sectionIds: null,
  dueAt: null,
  askedBy: null,
  askedAt: '2026-11-20T00:00:00.000Z',
  state: 'asked',
  reason: null,
  passedTo: null,
  standing: 'waiting',
  verdict: null,
  changes: [],
  isAuthor: false,
  ...given,
})

test('sign-offs name the version, its hash and the day, and who was released and why', () => {
  const version = { id: randomUUID(), number: 7, hash: 'ab'.repeat(32) }
  const verdict = {
    id: randomUUID(),
    person: person('Grace | Hopper'),
    kind: 'approve' as const,
    version,
    basis: version,
    wasNewest: true,
    body: null,
    conditions: [],
    at: '2026-11-26T09:30:12.000Z',
  }
  const change = { sectionId: 's', title: 'Data Model', change: 'changed' as const }
  const text = appendixMarkdown({
    threads: [],
    reviewers: [
      asked('Grace | Hopper', { standing: 'approved_changed', verdict, changes: [change] }),
      asked('Margaret', {
        standing: 'approved',
        verdict: {
          ...verdict,
          kind: 'approve_if',
          conditions: [
            { threadId: 'a', met: true, metBy: person('Ada') },
            { threadId: 'b', met: true, metBy: verdict.person },
          ],
        },
      }),
      asked('Linus', { state: 'released', reason: 'Away *all* year.', required: false }),
    ],
    sections: [],
    titleOf: () => null,
  })
  expect(text).toContain(
    `| Grace \\| Hopper | required | Approve | 7, \`${'ab'.repeat(32)}\` | 2026-11-26 09:30 UTC | sections changed since: Data Model |`,
  )
  expect(text).toContain('stands; 2 of 2 conditions met; marked met by Ada |')
  expect(text).toContain('| Linus | invited | none | | | released by the owner: Away \\*all\\* year. |')
})

test.each([
  '# Not a heading',
  '---',
  '| a | b |\n| - | - |',
  '<script>alert(1)</script>',
  '[x](javascript:alert(1)) ![y](http://evil.example/z.png)',
  '```\ncode',
  '> quoted\n> twice',
  '&lt;b&gt; \\ `tick',
])('what people said stays words, whatever it looks like: %j', (body) => {
  const author = person('Eve')
  const at = '2026-11-26T09:30:12.000Z'
  const thread = {
    id: randomUUID(),
    documentId: randomUUID(),
    kind: 'comment',
    state: 'open',
    target: 'document',
    sectionId: null,
    quote: '',
    detached: false,
    anchor: null,
    author,
    comments: [
      {
        id: 'c',
        author,
        body,
        mentions: [],
        reactions: [],
        wordings: 0,
        createdAt: at,
        editedAt: null,
        unsent: false,
      },
    ],
    unread: 0,
    outcome: null,
    reason: null,
    movedTo: null,
    resolvedBy: null,
    resolvedAt: null,
    createdAt: at,
    updatedAt: at,
    unsent: false,
    suggestion: null,
  } as ThreadAnswer
  const markdown = appendixMarkdown({ threads: [thread], reviewers: [], sections: [], titleOf: () => null })
  const doc = contentSchema.nodeFromJSON(importMarkdown(markdown, { newId: () => randomUUID() }).content)
  const kinds: string[] = []
  doc.descendants((node) => void kinds.push(node.type.name))
  expect(new Set(kinds)).toEqual(
    new Set([
      'heading',
      'text',
      'horizontalRule',
      'paragraph',
      ...(body.includes('\n') ? ['hardBreak'] : []),
    ]),
  )
  const [first = '', ...more] = body.split('\n')
  for (const line of [first, ...more])
    expect(doc.textBetween(0, doc.content.size, '\n', '\n')).toContain(line.trim())
})
