import type { Slice } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import type { EditorProps, EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type AttachmentId, attachmentAt } from '../../lib/content/attachment'
import { callApi, newIdempotencyKey, sentenceOf } from '../call-api'
import { toast } from '../ui/toast'
import type { Place } from './upload-place'

/** Images that came within pasted HTML, by the address that stands for each until it is taken out again. */
const unpacked = new Map<string, File>()

/** More than this in one paste are left out. */
const maxUnpacked = 200

const packed = /\ssrc\s*=\s*(["'])data:(image\/[a-z0-9.+-]+);base64,([a-z0-9+/=\s]+)\1/gi

/** What a paste or a drop brings beside text: files, images within HTML, and images of other documents. */
export function receivePastes(
  documentId: string,
  onFiles: (view: EditorView, files: readonly File[]) => void,
): Pick<EditorProps, 'handlePaste' | 'transformPastedHTML' | 'transformPasted'> {
  return {
    handlePaste(view, { clipboardData }) {
      const files = [...(clipboardData?.files ?? [])]
      // A table from a spreadsheet comes with a picture of itself; a copied picture with a line of HTML around it.
      if (files.length === 0 || hasWords(clipboardData, files)) return false
      onFiles(view, files)
      return true
    },
    transformPastedHTML: (html) => (html.includes('data:image/') ? unpackImages(html) : html),
    transformPasted(slice, view) {
      const foreign = foreignIn(slice, view.state)
      if (foreign.size > 0) void copyHere(view, documentId, foreign)
      return slice
    },
  }
}

/** True when it says more than what the files are called: file managers give their names along. */
function hasWords(data: DataTransfer | null, files: readonly File[]): boolean {
  const names = new Set(['', ...files.map(({ name }) => name)])
  const lines = (data?.getData('text/plain') ?? '').split(/\r?\n/)
  if (lines.some((line) => !names.has(line.trim().split(/[/\\]/).at(-1) ?? ''))) return true
  const html = data?.getData('text/html') ?? ''
  const text = html && new DOMParser().parseFromString(html, 'text/html').body.textContent
  return !names.has(text?.trim() ?? '')
}

/** Their bytes are no address that a document could hold: each gets one, and is sent as a file of its own. */
function unpackImages(html: string): string {
  unpacked.clear()
  return html.replace(packed, (_, quote: string, type: string, base64: string) => {
    const file = unpacked.size < maxUnpacked ? fileFrom(type, base64) : null
    if (!file) return ''
    const address = `unpacked-${newIdempotencyKey()}`
    unpacked.set(address, file)
    return ` src=${quote}${address}${quote}`
  })
}

function fileFrom(type: string, base64: string): File | null {
  try {
    const bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0))
    const ending = type.split('/')[1]?.replace(/\+.*/, '')
    return new File([bytes], `image.${ending}`, { type })
  } catch {
    return null
  }
}

/**
 * Takes what was unpacked out of the text again in the very change that put it there, so that nobody else ever sees it,
 * and sends it from its place.
 *
 * @param send begins to send one, at that place; made known by the transaction that is returned.
 */
export function takeUnpacked(
  transactions: readonly Transaction[],
  state: EditorState,
  send: (tr: Transaction, files: readonly { file: File; place: Place }[]) => void,
): Transaction | null {
  const isOurs = (tr: Transaction) => tr.docChanged && tr.getMeta(ySyncPluginKey) === undefined
  if (unpacked.size === 0 || !transactions.some(isOurs)) return null
  const { tr, schema } = state
  const files: { file: File; position: number }[] = []
  state.doc.descendants((node, position, parent, index) => {
    const file = node.type.name === 'image' ? unpacked.get(String(node.attrs.src)) : undefined
    if (!file || !parent) return !node.isTextblock
    const from = tr.mapping.map(position)
    const mayGo = parent.canReplace(index, index + 1)
    if (mayGo) tr.delete(from, from + node.nodeSize)
    else if (schema.nodes.paragraph)
      tr.replaceWith(from, from + node.nodeSize, schema.nodes.paragraph.create())
    files.push({ file, position })
    return false
  })
  unpacked.clear()
  if (files.length === 0) return null
  send(
    tr,
    files.map(({ file, position }) => ({ file, place: { kind: 'at', position: tr.mapping.map(position) } })),
  )
  return tr
}

/** Attachments in what is pasted that are nowhere in this document. */
function foreignIn(slice: Slice, state: EditorState): Map<string, AttachmentId> {
  const found = new Map<string, AttachmentId>()
  slice.content.descendants((node) => {
    const id = attachmentAt(node.attrs.src)
    if (id) found.set(String(node.attrs.src), id)
  })
  if (found.size > 0) {
    state.doc.descendants((node) => {
      found.delete(String(node.attrs.src))
      return !node.isTextblock
    })
  }
  return found
}

/**
 * What was copied elsewhere belongs to the document that it was copied in, and goes with that one. Here it gets copies:
 * the server says where each is, which for one that was only cut out here is where it was.
 */
async function copyHere(
  view: EditorView,
  documentId: string,
  foreign: ReadonlyMap<string, AttachmentId>,
): Promise<void> {
  const failures: string[] = []
  for (const [src, from] of foreign) {
    try {
      const params = { id: documentId }
      const kept = await callApi('createAttachment', { params, query: { from } })
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
