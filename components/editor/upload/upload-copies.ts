import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { type AttachmentId, attachmentAt } from '../../../lib/content/attachment'
import { callApi, sentenceOf } from '../../call-api'
import { toast } from '../../ui/toast'

/**
 * What was copied elsewhere belongs to the document that it was copied in, and goes with that one. What a paste or a
 * drop has brought of it gets copies here: the server says where each is, which for one that was only cut out here is
 * where it was.
 */
export function copyPasted(
  view: EditorView,
  documentId: string,
  change: { transactions: readonly Transaction[]; before: ProseMirrorNode; after: ProseMirrorNode },
): void {
  if (!change.transactions.some(isPaste)) return
  const pasted = attachmentsIn(change.after)
  if (pasted.size === 0) return
  for (const src of attachmentsIn(change.before).keys()) pasted.delete(src)
  if (pasted.size > 0) void copyHere(view, documentId, pasted)
}

const isPaste = (tr: Transaction): boolean =>
  tr.docChanged && (tr.getMeta('paste') === true || tr.getMeta('uiEvent') === 'drop')

function attachmentsIn(doc: ProseMirrorNode): Map<string, AttachmentId> {
  const found = new Map<string, AttachmentId>()
  doc.descendants((node) => {
    const id = attachmentAt(node.attrs.src)
    if (id) found.set(String(node.attrs.src), id)
    return !node.isTextblock
  })
  return found
}

async function copyHere(
  view: EditorView,
  documentId: string,
  foreign: ReadonlyMap<string, AttachmentId>,
): Promise<void> {
  const failures: string[] = []
  for (const [src, from] of foreign) {
    try {
      const kept = await callApi('createAttachment', { params: { id: documentId }, query: { from } })
      if (kept.src !== src && !view.isDestroyed) writeAddress(view, src, kept.src)
    } catch (error) {
      failures.push(sentenceOf(error))
    }
  }
  if (failures.length === 0) return
  const count = failures.length === 1 ? 'An image or a file' : `${failures.length} images or files`
  toast({ kind: 'error', text: `${count} could not be copied into this document. ${failures[0]}` })
}

function writeAddress(view: EditorView, before: string, after: string): void {
  const { tr } = view.state
  view.state.doc.descendants((node, position) => {
    if (node.attrs.src === before) tr.setNodeAttribute(position, 'src', after)
    return !node.isTextblock
  })
  // It belongs to the paste: taking that back takes this along.
  if (tr.docChanged) view.dispatch(tr.setMeta('addToHistory', false))
}
