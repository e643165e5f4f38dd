import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode, ResolvedPos, Slice } from '@tiptap/pm/model'
import { isInTable } from '@tiptap/pm/tables'
import type { DocumentJson } from '../../../lib/content/document-json'
import { mind, PasteExcess, pasteLimits, weigh } from '../../../lib/content/paste/limits'
import {
  type Clipboard,
  needsMarkdown,
  type Pasted,
  type ReadMarkdown,
  readPaste,
  readPlain,
} from '../../../lib/content/paste/read-paste'
import { PublicError } from '../../../lib/errors'
import { toast } from '../../ui/toast'
import { freshId } from '../binding/block-ids'
import { endUndoStep } from '../binding/structural'
import { markupOf } from './paste-markup'
import { isLong, putInPieces } from './paste-pieces'
import { keepPlace, letGo, type Place, placeNow } from './paste-place'
import { type PasteSlice, pasteSlice } from './paste-slice'
import { refusalWords, tooDeepWords, unreadableWords } from './paste-words'

/** What was on the clipboard, taken while its event lasts: it is gone afterwards. */
export interface TakenData {
  readonly html: string
  readonly text: string
  /** What VS Code says of its copy, as JSON; empty: it was copied elsewhere. */
  readonly editorData: string
  /** Without formatting. */
  readonly plain: boolean
}

export interface PasteTask {
  readonly editor: Editor
  readonly place: Place
  readonly data: TakenData
  /** Hands it to whatever else takes what is pasted. @returns true: it was taken, and is put in already. */
  readonly offer: (slice: Slice) => boolean
  /** Stores a picture that came along with text, and shows it at a position. */
  readonly onPicture: (editor: Editor, file: File, position: number) => void
}

/** Reads what was taken and puts it in. Whatever prevents that is told to the person, and changes nothing. */
export function paste(task: PasteTask): void {
  const { editor, data, place } = task
  const id = keepPlace(editor.view, place)
  const finish = (read: () => Pasted): void => {
    if (editor.isDestroyed) return
    const now = placeNow(editor.state, id)
    letGo(editor.view, id)
    if (now !== null && editor.isEditable) attempt(() => putIn({ ...task, place: now }, read()))
  }
  attempt(() => {
    if (data.plain) return finish(() => readPlain(data.text))
    const clipboard = clipboardOf(data)
    if (!needsMarkdown(clipboard)) return finish(() => readPaste(clipboard, noMarkdown))
    import('../../../lib/content/paste/markdown').then(
      ({ readMarkdown }) => finish(() => readPaste(clipboard, readMarkdown)),
      () => toast({ kind: 'error', text: unreadableWords }),
    )
  })
}

const noMarkdown: ReadMarkdown = () => []

/** Runs what may be too much for a document. @returns false: it was, and the person was told. */
function attempt(run: () => void): boolean {
  try {
    run()
    return true
  } catch (error) {
    if (error instanceof PasteExcess) toast({ kind: 'error', text: refusalWords(error) })
    // Markdown with quotes or lists in each other beyond all measure.
    else if (error instanceof PublicError) toast({ kind: 'error', text: tooDeepWords })
    else throw error
    return false
  }
}

const embedded = /data:[a-z0-9/+.-]+;base64,[a-z0-9+/=]+/gi
/** Longer than this, it is refused without a look at how much of it is pictures. In UTF-16 code units. */
const hopeless = 100_000_000

function clipboardOf({ html, text, editorData }: TakenData): Clipboard {
  if (html.length > pasteLimits.htmlLength) {
    mind('htmlLength', html.length > hopeless ? html.length : html.replace(embedded, '').length)
  }
  mind('tags', html.split('<', pasteLimits.tags + 2).length - 1)
  mind('textLength', text.length)
  const { root, base } = html === '' ? { root: null, base: null } : markupOf(html)
  return { markup: root, text, editorLanguage: languageIn(editorData), base }
}

function languageIn(editorData: string): string | null {
  if (editorData === '') return null
  try {
    const said: unknown = JSON.parse(editorData)
    const mode = typeof said === 'object' && said !== null && 'mode' in said ? said.mode : null
    return typeof mode === 'string' ? mode : null
  } catch {
    return null
  }
}

/** Text of so many lines at most is put in as it was first where its form was guessed. */
const mostLinesTwice = 100

function putIn(task: PasteTask, pasted: Pasted): void {
  const { editor, data } = task
  if (pasted.blocks.length === 0) {
    toast({ text: 'There is nothing in it that can be pasted as text.' })
    return
  }
  endUndoStep(editor)
  // Undo leads back to the very text first: whoever did not mean it as Markdown has it with one key.
  // Within a table it fills cells, or is fitted to one: there is no stretch of text that it stands for.
  const isText = pasted.guessed && data.html === '' && !isInTable(editor.state)
  const plain = isText ? readPlain(data.text) : null
  const isShort = plain !== null && plain.blocks.length > 0 && plain.blocks.length <= mostLinesTwice
  write({ ...task, place: isShort ? asText(task, plain) : task.place }, pasted)
  endUndoStep(editor)
}

/** Puts the text in as it was. @returns what it takes up. */
function asText(task: PasteTask, plain: Pasted): Place {
  const { editor, place } = task
  const id = keepPlace(editor.view, place)
  const { from } = place
  write({ ...task, offer: () => false }, plain)
  const end = placeNow(editor.state, id)?.to ?? from
  letGo(editor.view, id)
  endUndoStep(editor)
  return { from, to: end }
}

function write(task: PasteTask, { blocks, pictures }: Pasted): void {
  const { editor, place, offer } = task
  const { state, view } = editor
  const { from, to } = place
  const made = pasteSlice(state.schema, blocks, { $from: state.doc.resolve(from), newId: freshId })
  mindPlace(state.doc.resolve(from), made.slice)
  const upload = (start: number | null) => {
    if (start !== null) uploadAll(task, made.pictures, { pictures, start })
  }
  if (isLong(made.slice)) {
    void putInPieces(editor, made.slice, place).then(upload)
    return
  }
  const isHere = state.selection.from === from && state.selection.to === to
  if (made.slice.size > 0 && !(isHere && offer(made.slice))) {
    const { tr } = state
    if (isHere) tr.replaceSelection(made.slice)
    else tr.replaceRange(from, to, made.slice)
    // Not `uiEvent`, which has Tiptap look for `**` in it: text is text here, and what was Markdown has been read.
    view.dispatch(tr.scrollIntoView().setMeta('paste', true))
  }
  upload(from)
}

/** @throws PasteExcess where the line at the caret would become too long, or blocks be nested too deep there. */
function mindPlace($from: ResolvedPos, { content, openStart }: Slice): void {
  const first = content.firstChild
  const goesOn = first?.isInline === true || openStart > 0
  if (goesOn && $from.parent.isTextblock) {
    mind(
      'lineLength',
      $from.parent.content.size + (first?.isInline ? content.size : (first?.content.size ?? 0)),
    )
  }
  let deepest = 0
  const measure = (node: ProseMirrorNode, depth: number): void => {
    deepest = Math.max(deepest, depth)
    if (!node.isTextblock) for (const child of node.children) measure(child, depth + 1)
  }
  for (const node of content.content) measure(node, 1)
  mind('depth', $from.depth + deepest)
}

function uploadAll(
  { editor, onPicture }: PasteTask,
  places: PasteSlice['pictures'],
  { pictures, start }: { pictures: readonly string[]; start: number },
): void {
  for (const { index, offset } of places) {
    const file = fileOf(pictures[index] ?? '', index)
    const position = Math.min(start + offset, editor.state.doc.content.size)
    if (file) onPicture(editor, file, position)
  }
}

/**
 * A copy of our own as the editor has read it. @returns true: it is too much, which was said, or long, and is put in
 * piece by piece.
 */
export function pasteOwn(editor: Editor, slice: Slice): boolean {
  const { $from, from, to } = editor.state.selection
  const isLight = attempt(() => {
    weigh((slice.content.toJSON() ?? []) as DocumentJson[])
    mindPlace($from, slice)
  })
  if (!isLight || !isLong(slice)) return !isLight
  void putInPieces(editor, slice, { from, to })
  return true
}

/** The bytes of a `data:` address; null: they are none. */
function fileOf(address: string, index: number): File | null {
  const [, kind = '', bytes = ''] = /^data:(image\/[a-z0-9.+-]+);base64,(.*)$/is.exec(address) ?? []
  try {
    const decoded = Uint8Array.from(atob(bytes.replace(/\s+/g, '')), (character) => character.charCodeAt(0))
    const ending = kind.slice('image/'.length).replace(/\+.*$/, '')
    return decoded.length > 0 ? new File([decoded], `pasted-${index + 1}.${ending}`, { type: kind }) : null
  } catch {
    return null
  }
}
