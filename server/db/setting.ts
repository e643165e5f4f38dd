import type { Queryable } from './open'

/**
 * A value that all processes of one installation share: made by whoever comes first, kept from then on.
 *
 * @param make called at each start, used at the first.
 */
export async function settingMadeOnce(db: Queryable, key: string, make: () => string): Promise<string> {
  await db.query('insert into setting (key, value) values ($1, $2) on conflict do nothing', [key, make()])
  const { rows } = await db.query<{ value: string }>('select value from setting where key = $1', [key])
  const value = rows[0]?.value
  if (value === undefined) throw new Error(`The setting ${key} was removed while it was read.`)
  return value
}
