import type { PersonId } from '../../lib/id'
import type { Channels } from '../../lib/inbox'
import type { Queryable } from '../db/open'

/** What people have chosen; who has chosen nothing is not in it. */
export async function readChannels(
  db: Queryable,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Channels>> {
  const { rows } = await db.query<{ id: PersonId; channels: Channels }>(
    'select person_id as id, channels from notice_setting where person_id = any($1::uuid[])',
    [personIds],
  )
  return new Map(rows.map(({ id, channels }) => [id, channels]))
}

interface SettingsRow {
  readonly email: string | null
  readonly channels: Channels
  readonly timeZone: string | null
  readonly digestHour: number | null
  readonly digest: boolean
  readonly refusedAddress: string | null
  readonly refusedAt: Date | null
  readonly refusedWhy: string | null
}

/** Null: there is no such person. */
export async function readSettings(db: Queryable, personId: PersonId): Promise<SettingsRow | null> {
  const { rows } = await db.query<SettingsRow>(
    `select p.email, coalesce(s.channels, '{}') as channels, s.time_zone as "timeZone",
            s.digest_hour as "digestHour", coalesce(s.digest, true) as digest,
            s.refused_address as "refusedAddress", s.refused_at as "refusedAt", s.refused_why as "refusedWhy"
       from person p left join notice_setting s on s.person_id = p.id where p.id = $1`,
    [personId],
  )
  return rows[0] ?? null
}

/** What is undefined stays; of two at once, each kind is what was written last. */
export async function writeSettings(
  db: Queryable,
  personId: PersonId,
  change: {
    channels?: Channels | undefined
    timeZone?: string | undefined
    digestHour?: number | undefined
    digest?: boolean | undefined
    retryAddress?: true | undefined
  },
): Promise<void> {
  await db.query(
    `insert into notice_setting (person_id, channels, time_zone, digest_hour, digest)
     values ($1, $2, $3, $4, coalesce($5, true))
     on conflict (person_id) do update set
       channels = notice_setting.channels || excluded.channels,
       time_zone = coalesce(excluded.time_zone, notice_setting.time_zone),
       digest_hour = coalesce(excluded.digest_hour, notice_setting.digest_hour),
       digest = coalesce($5, notice_setting.digest),
       refused_address = case when $6 then null else notice_setting.refused_address end`,
    [
      personId,
      JSON.stringify(change.channels ?? {}),
      change.timeZone ?? null,
      change.digestHour ?? null,
      change.digest ?? null,
      change.retryAddress ?? false,
    ],
  )
  // What was told before is in sight, or out of it, like what is told from now on.
  for (const [kind, channel] of Object.entries(change.channels ?? {})) {
    await db.query('update notice set shown = $3 where person_id = $1 and kind = $2 and shown <> $3', [
      personId,
      kind,
      channel !== 'off',
    ])
  }
}
