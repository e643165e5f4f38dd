import { randomUUID } from 'node:crypto'
import type { RouteName } from '../../../lib/api'
import type { Input, Somebody, World } from '../world'
import type { Matrix } from './on-document'

export const onInbox: Matrix = {
  getWatch: { ability: 'read' },
  watchDocument: { ability: 'read' },
  unwatchDocument: { ability: 'read' },
}

/** A notice of somebody's, about a document of theirs. */
export async function noticeOf(world: World, name: Somebody): Promise<string> {
  const document = await world.document(name, 'Something to hear of')
  const id = randomUUID()
  await world.db.query(
    `insert into notice (id, person_id, document_id, subject, kind, what, shown, created_at, at)
     values ($1, $2, $3, 'stale', 'stale', $4, true, now(), now())`,
    [id, world.ids[name], document.id, { kind: 'stale', since: '2026-01-01T00:00:00.000Z' }],
  )
  return id
}

const onNotice =
  (body?: unknown) =>
  async (world: World, name: Somebody): Promise<Input> => ({
    params: { id: await noticeOf(world, name) },
    ...(body === undefined ? {} : { body }),
  })

/** Routes about the caller alone. */
export const onInboxSelf: Partial<
  Record<RouteName, Input | ((world: World, name: Somebody) => Promise<Input>)>
> = {
  listInbox: {},
  countInbox: {},
  readInbox: {},
  readNotice: onNotice(),
  finishNotice: onNotice({ done: true }),
  snoozeNotice: onNotice({ until: null }),
  getNoticeSettings: {},
  putNoticeSettings: { body: { channels: { reply: 'off' } } },
  streamEvents: {},
}
