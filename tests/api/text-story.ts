import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { readBody } from '../../lib/content/read-body'
import { contentSchema } from '../../lib/content/schema'
import { writeBody } from '../../lib/content/write-body'
import type { DocumentId } from '../../lib/id'
import { transaction } from '../../server/db/open'
import { appendChange } from '../../server/document/append'
import { gathering } from '../../server/document/gather'
import { type RestWork, readOne, readRested } from '../../server/document/rested'
import type { Somebody, World } from './world'

export const line = (id: string, ...parts: (string | ProseMirrorNode)[]): ProseMirrorNode =>
  contentSchema.node(
    'paragraph',
    { id },
    parts
      .filter((part) => part !== '')
      .map((part) => (typeof part === 'string' ? contentSchema.text(part) : part)),
  )
export const mention = (person: string, name: string | null = null): ProseMirrorNode =>
  contentSchema.node('mention', { person, name })
export const decisionNode = (
  id: string,
  words: string,
  attrs: Record<string, string> = {},
  ...more: ProseMirrorNode[]
): ProseMirrorNode => contentSchema.node('decision', { id, ...attrs }, [line(`${id}-first`, words), ...more])

/** Makes this the whole text of a document, as somebody's change of it; `behind`: puts it behind what is there. */
export async function say(
  world: World,
  documentId: DocumentId,
  who: Somebody,
  blocks: readonly ProseMirrorNode[],
  { behind = false } = {},
): Promise<void> {
  await transaction(world.db, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    await appendChange(tx, {
      documentId,
      personId: world.ids[who],
      now: world.runtime.now(),
      change: (ydoc) => {
        const before = behind ? readBody(ydoc).content.content : []
        writeBody(ydoc.getXmlFragment('content'), contentSchema.node('doc', null, [...before, ...blocks]))
      },
    })
  })
}

/** As the job does when texts have rested, or waited. @returns how many were read. */
export async function atRest(world: World, work: RestWork): Promise<number> {
  const now = world.runtime.now() + 2_000
  const rested = await readRested(world.db, { ...work, restMs: 0 }, { now, limit: 1_000 })
  for (const one of rested) await readOne(world.db, work, one, now)
  return rested.length
}

export const gather = (world: World): Promise<number> => atRest(world, gathering)
