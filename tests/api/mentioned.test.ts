import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NoticeAnswer } from '../../lib/api-inbox'
import type { DocumentId } from '../../lib/id'
import { noFailpoints } from '../../server/failpoint'
import { tellAll } from '../../server/inbox/tell'
import { gather, line, mention, say } from './text-story'
import { type Somebody, World } from './world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

async function rest(): Promise<void> {
  await gather(world)
  const { runtime } = world
  await tellAll(
    { pool: world.db, log: pino({ level: 'silent' }), now: runtime.now, mail: false, reach: noFailpoints },
    new AbortController().signal,
  )
}
async function inbox(who: Somebody, documentId: string): Promise<NoticeAnswer[]> {
  const told = await world.call('listInbox', await world.token(who, 'read'))
  return (told.body.items as NoticeAnswer[]).filter(({ document }) => document.id === documentId)
}
const blocks = (notices: readonly NoticeAnswer[]) =>
  notices.map(({ notice }) => 'blockId' in notice && notice.blockId)

async function shared(): Promise<DocumentId> {
  const { id } = await world.document('grace', 'A text that names people')
  await world.grant(id, 'linus', 'viewer')
  await world.grant(id, 'margaret', 'editor')
  return id as DocumentId
}

test('who is named in a text is told once for each block, by whoever named them', async () => {
  const id = await shared()
  const { linus, margaret, grace } = world.ids
  await say(world, id, 'margaret', [
    line('a', 'Ask ', mention(linus, 'Linus'), ' or ', mention(grace), ', says ', mention(margaret), '.'),
    line('b', 'And again ', mention(linus), mention(linus)),
  ])
  await rest()
  const told = await inbox('linus', id)
  expect(blocks(told).sort()).toEqual(['a', 'b'])
  expect(told[0]).toMatchObject({ urgency: 'mention', actor: { id: margaret }, notice: { kind: 'mention' } })
  expect(blocks(await inbox('grace', id))).toEqual(['a'])
  expect(await inbox('margaret', id), 'who names themselves knows').toEqual([])

  // Read, put away, rewritten, taken out and put in again: they have been told.
  for (const { id: noticeId } of told) {
    await world.call('finishNotice', await world.token('linus'), {
      params: { id: noticeId },
      body: { done: true },
    })
  }
  await say(world, id, 'grace', [line('a', 'Ask nobody.')])
  await rest()
  await say(world, id, 'grace', [line('a', 'Ask ', mention(linus), ' after all.')])
  await rest()
  expect(await inbox('linus', id)).toEqual([])
})

test('nobody is told of a text that they cannot read, nor named in the list of it; once they can, they are', async () => {
  const id = await shared()
  const { edsger, linus } = world.ids
  const text = [line('a', 'Ask ', mention(edsger), ' and ', mention(linus))]
  await say(world, id, 'grace', text)
  await rest()
  expect(await inbox('edsger', id)).toEqual([])
  const named = async () => {
    const told = await world.call('listNamed', await world.token('linus', 'read'), { params: { id } })
    return (told.body.items as { id: string }[]).map((person) => person.id)
  }
  expect(await named()).toEqual([linus])
  await world.grant(id, 'edsger', 'commenter')
  await say(world, id, 'grace', [...text, line('b', 'More.')])
  await rest()
  expect(blocks(await inbox('edsger', id))).toEqual(['a'])
  expect((await named()).sort()).toEqual([edsger, linus].sort())
})

test('access that is taken away before the telling tells nothing', async () => {
  const id = await shared()
  await say(world, id, 'grace', [line('a', 'Ask ', mention(world.ids.linus))])
  await gather(world)
  await world.call('deleteMember', await world.token('grace'), {
    params: { id, userOrGroup: world.ids.linus },
  })
  await rest()
  expect(await inbox('linus', id)).toEqual([])
})

test('an id of nobody names nobody', async () => {
  const id = await shared()
  await say(world, id, 'grace', [line('a', 'Ask ', mention('00000000-0000-4000-8000-000000000000'))])
  await rest()
  const { rows } = await world.db.query('select 1 from document_mention where document_id = $1', [id])
  expect(rows).toEqual([])
})
