import type { Editor } from '@tiptap/core'
import type { Slice } from '@tiptap/pm/model'
import { isInTable } from '@tiptap/pm/tables'
import { mind, PasteExcess, pasteLimits } from '../../lib/content/paste/limits'
import {
  type Clipboard,
  needsMarkdown,
  type Pasted,
  type ReadMarkdown,
  readPaste,
  readPlain,
} from '../../lib/content/paste/read-paste'
import { toast } from '../ui/toast'
import { freshId } from './block-ids'
import { markupOf } from './paste-markup'
import { keepPlace, letGo, type Place, placeNow } from './paste-place'
import { pasteSlice } from './paste-slice'
import { refusalWords, unreadableWords } from './paste-words'
import { endUndoStep } from './structural'

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
  /** Stores pictures, and shows each where it belongs. */
  readonly onPictures: (editor: Editor, file: File, position: number) => void
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
    import('../../lib/content/paste/markdown').then(
      ({ readMarkdown }) => finish(() => readPaste(clipboard, readMarkdown)),
      () => toast({ kind: 'error', text: unreadableWords }),
    )
  })
}

const noMarkdown: ReadMarkdown = () => []

/** Runs what may be too much for a document, and says so where it is. */
function attempt(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof PasteExcess)) throw error
    toast({ kind: 'error', text: refusalWords(error) })
  }
}

const embedded = /data:[a-z0-9/+.-]+;base64,[a-z0-9+/=]+/gi
/** Longer than this, it is refused without a look at how much of it is pictures. In UTF-16 code units. */
const hopeless = 100_000_000

function clipboardOf({ html, text, editorData }: TakenData): Clipboard {
  if (html.length > pasteLimits.htmlLength) {
    mind('htmlLength', html.length > hopeless ? html.length : html.replace(embedded, '').length)
  }
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

/** Text up to this length is put in as it was first where its form was guessed, in UTF-16 code units. */
const longestTwice = 100_000

function putIn(task: PasteTask, pasted: Pasted): void {
  const { editor, data } = task
  if (pasted.blocks.length === 0) {
    toast({ text: 'There is nothing in it that can be pasted as text.' })
    return
  }
  endUndoStep(editor)
  // Undo leads back to the very text first: whoever did not mean it as Markdown has it with one key.
  // Within a table it fills cells, or is fitted to one: there is no stretch of text that it stands for.
  const isText = pasted.guessed && data.text.length <= longestTwice && data.html === ''
  const place = isText && !isInTable(editor.state) ? asText(task) : task.place
  write({ ...task, place }, pasted)
  endUndoStep(editor)
}

function asText(task: PasteTask): Place {
  const { editor, data, place } = task
  const id = keepPlace(editor.view, place)
  const { from } = place
  write({ ...task, offer: () => false }, readPlain(data.text))
  const end = placeNow(editor.state, id)?.to ?? from
  letGo(editor.view, id)
  endUndoStep(editor)
  return { from, to: end }
}

function write({ editor, place, offer, onPictures }: PasteTask, { blocks, pictures }: Pasted): void {
  const { state, view } = editor
  const { from, to } = place
  const made = pasteSlice(state.schema, blocks, { $from: state.doc.resolve(from), newId: freshId })
  const isHere = state.selection.from === from && state.selection.to === to
  if (made.slice.size > 0 && !(isHere && offer(made.slice))) {
    const { tr } = state
    if (isHere) tr.replaceSelection(made.slice)
    else tr.replaceRange(from, to, made.slice)
    // Not `uiEvent`, which has Tiptap look for `**` in it: text is text here, and what was Markdown has been read.
    view.dispatch(tr.scrollIntoView().setMeta('paste', true))
  }
  for (const { index, offset } of made.pictures) {
    const file = fileOf(pictures[index] ?? '', index)
    if (file) onPictures(editor, file, Math.min(from + offset, view.state.doc.content.size))
  }
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
