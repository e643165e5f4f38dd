import type { SectionAnswer } from '../../lib/api-section'
import { mustBeResolved } from '../../lib/thread'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { locate } from './located'
import { presentThread } from './present'
import { readThreads } from './store'

/** An outline with what is open in each section itself, those within it not counted. */
export async function withThreads<Outline extends { items: SectionAnswer[] }>(
  db: Queryable,
  principal: Principal,
  access: Access,
  outline: Outline,
): Promise<Outline> {
  const rows = await readThreads(db, principal.personId, access.documentId)
  const open = rows.filter((row) => row.outcome === null)
  if (open.length === 0) return outline
  const located = await locate(db, access.documentId)
  const threads = open.map((row) => presentThread(row, located)).filter((thread) => !thread.detached)
  const items = outline.items.map((section) => {
    const here = threads.filter((thread) => thread.sectionId === section.id)
    const blocking = here.filter((thread) => mustBeResolved(thread.kind)).length
    return { ...section, open: here.length, blocking }
  })
  return { ...outline, items }
}

/** One section with what is open in it. */
export async function withThreadsOf(
  db: Queryable,
  principal: Principal,
  access: Access,
  section: SectionAnswer,
): Promise<SectionAnswer> {
  const { items } = await withThreads(db, principal, access, { items: [section] })
  return items[0] ?? section
}
