import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { readBody } from '../../lib/content/read-body'
import { fragmentName } from '../../lib/content/shape'
import type { HeldWords } from './held-words'

/**
 * A body with the blocks in it that were taken away while somebody's words, which the server does not have, stood in
 * them: a merge takes those words away with their block. Each stands where it stood, behind what still stands there;
 * of a part of a block (an item, a cell), its words as a paragraph behind that block.
 *
 * @param now the server's text with what is their own.
 */
export function withLostBlocks(
  now: ProseMirrorNode,
  { doc, own }: Pick<HeldWords, 'doc' | 'own'>,
  server: Y.Doc,
): ProseMirrorNode {
  const fragment = doc.getXmlFragment(fragmentName)
  const known = idsIn(now)
  const lost = new Set<string>()
  for (const block of fragment.toArray()) {
    for (const id of unsavedBlocks(block, (item) => isUnsaved(item, own, server))) {
      if (!known.has(id)) lost.add(id)
    }
  }
  if (lost.size === 0) return now
  const blocks = [...now.content.content]
  let behind: string | null = null
  readBody(doc).forEach((block) => {
    const { id } = block.attrs
    const back = known.has(id) ? partsOf(block, lost) : lost.has(id) || holds(block, lost) ? [block] : []
    const at = blocks.findIndex((one) => one.attrs.id === (known.has(id) ? id : behind)) + 1
    blocks.splice(at, 0, ...back)
    if (known.has(id) || back.length > 0) behind = id
  })
  return now.copy(Fragment.fromArray(blocks))
}

/** Ids of the innermost blocks with such items in them. */
function unsavedBlocks(type: unknown, isWanted: (item: Y.Item) => boolean): string[] {
  if (!(type instanceof Y.XmlElement)) return []
  const children = type.toArray()
  const within = children.flatMap((child) => unsavedBlocks(child, isWanted))
  const isOwn = children.some((child) => child instanceof Y.XmlText && itemsOf(child).some(isWanted))
  const id = type.getAttribute('id')
  return isOwn && id ? [id, ...within] : within
}

function itemsOf(text: Y.XmlText): Y.Item[] {
  const items: Y.Item[] = []
  for (let item = text._start; item !== null; item = item.right) items.push(item)
  return items
}

const isUnsaved = ({ id, deleted, length }: Y.Item, own: HeldWords['own'], server: Y.Doc): boolean =>
  !deleted && (own === null || own.has(id.client)) && id.clock + length > Y.getState(server.store, id.client)

function idsIn(doc: ProseMirrorNode): Set<string> {
  const ids = new Set<string>()
  doc.descendants((node) => {
    if (node.attrs.id) ids.add(node.attrs.id)
  })
  return ids
}

const holds = (block: ProseMirrorNode, ids: ReadonlySet<string>): boolean =>
  [...idsIn(block)].some((id) => ids.has(id))

/** The words of lost blocks within one that still stands. */
function partsOf(block: ProseMirrorNode, lost: ReadonlySet<string>): ProseMirrorNode[] {
  const parts: ProseMirrorNode[] = []
  block.descendants((node) => {
    if (!node.isTextblock || !lost.has(node.attrs.id)) return
    const { paragraph } = node.type.schema.nodes
    const part = paragraph?.createChecked(
      null,
      node.type.spec.code ? node.type.schema.text(node.textContent) : node.content,
    )
    if (part) parts.push(part)
  })
  return parts
}
