import type { NoticeSettings } from '../../lib/api-inbox'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import {
  type Channels,
  channelOf,
  type NoticeKind,
  noticeKinds,
  type ToldHow,
  toldHow,
} from '../../lib/inbox'
import { isTimeZone } from '../../lib/inbox/digest-time'
import { isAddress } from '../../lib/mail-address'
import type { Queryable } from '../db/open'
import { readSettings, writeSettings } from './setting-store'

/** What of the configuration counts for it. */
export interface Installation {
  readonly mail: unknown
  readonly digestHour: number
}

export async function getSettings(
  db: Queryable,
  personId: PersonId,
  installation: Installation,
): Promise<NoticeSettings> {
  const row = await readSettings(db, personId)
  const channels = Object.fromEntries(
    noticeKinds.map((kind) => [kind, channelOf(kind, row?.channels ?? {})]),
  ) as NoticeSettings['channels']
  return {
    mail: installation.mail !== null && isAddress(row?.email ?? ''),
    channels,
    timeZone: row?.timeZone ?? null,
    digestHour: row?.digestHour ?? installation.digestHour,
    digest: row?.digest ?? true,
    // Of an address that they have no longer, nothing is to be said.
    refused:
      row?.refusedAddress && row.refusedAt && row.refusedAddress === row.email
        ? { address: row.refusedAddress, at: row.refusedAt.toISOString(), why: row.refusedWhy ?? '' }
        : null,
  }
}

export interface SettingsChange {
  readonly channels?: Channels | undefined
  readonly timeZone?: string | undefined
  readonly digestHour?: number | undefined
  readonly digest?: boolean | undefined
  readonly retryAddress?: true | undefined
}

/** @throws PublicError `invalid` for a time zone that is none. */
export async function putSettings(
  db: Queryable,
  personId: PersonId,
  change: SettingsChange,
  installation: Installation,
): Promise<NoticeSettings> {
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
    throw new PublicError('invalid', {
      sentence: 'There is no such time zone here. Give one such as Europe/Berlin.',
    })
  }
  await writeSettings(db, personId, change)
  return getSettings(db, personId, installation)
}

/** How each of these people would hear of a notice of a kind: said before it is sent. */
export async function howTold(
  db: Queryable,
  kind: NoticeKind,
  personIds: readonly PersonId[],
  installation: Pick<Installation, 'mail'>,
): Promise<ReadonlyMap<PersonId, ToldHow>> {
  const { rows } = await db.query<{
    id: PersonId
    email: string | null
    channels: Channels
    refused: string | null
  }>(
    `select p.id, p.email, coalesce(s.channels, '{}') as channels, s.refused_address as refused
       from person p left join notice_setting s on s.person_id = p.id where p.id = any($1::uuid[])`,
    [personIds],
  )
  return new Map(
    rows.map(({ id, email, channels, refused }) => {
      const mail = installation.mail !== null && isAddress(email ?? '') && email !== refused
      return [id, toldHow(kind, { chosen: channels, mail })]
    }),
  )
}
