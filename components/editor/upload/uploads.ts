import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { AttachmentAnswer } from '../../../lib/api-attachment'
import { fileType } from '../../../lib/content/attachment-kind'
import { newIdempotencyKey, sentenceOf } from '../../call-api'
import { toast } from '../../ui/toast'
import { endUndoStep } from '../binding/structural'
import { askForDescription } from './image-description'
import { copyPasted } from './upload-copies'
import { guardFiles, receiveDrops } from './upload-drop'
import { sendFile } from './upload-file'
import { filesAlone } from './upload-pasted'
import { aroundPut, mapPlace, type Place, placeAtCaret, positionOf } from './upload-place'
import { UploadSign } from './upload-sign'

export interface UploadsOptions {
  readonly documentId: string
}

/** A file on its way into the text. */
export interface Upload {
  readonly key: string
  readonly file: File
  readonly sign: UploadSign
}

interface Placed {
  readonly upload: Upload
  readonly place: Place
}

interface UploadsMeta {
  readonly add?: readonly Placed[]
  /** It stands there now, or is not wanted any more. */
  readonly end?: Upload
  /** Where it was put, in the document before. */
  readonly putAt?: number
}

const uploadsKey = new PluginKey<readonly Placed[]>('uploads')

/**
 * Files that are pasted, dropped or chosen go to the server from here. Until one is kept there it is drawn where it is
 * going to stand, for this person alone; the text is changed once, by the block that shows it.
 */
export const Uploads = Extension.create<UploadsOptions>({
  name: 'uploads',
  addOptions: () => ({ documentId: '' }),
  addProseMirrorPlugins() {
    const { editor, options } = this
    return [
      new Plugin<readonly Placed[]>({
        key: uploadsKey,
        state: { init: () => [], apply },
        view(view) {
          const desk = new UploadDesk(view, options.documentId)
          desks.set(view, desk)
          const stopDrops = receiveDrops(view, (files, place) => startUploads(view, files, place))
          return {
            update: () => desk.beginNew(),
            destroy() {
              stopDrops()
              desk.end()
            },
          }
        },
        appendTransaction(transactions, { doc: before }, { doc: after }) {
          copyPasted(editor.view, options.documentId, { transactions, before, after })
          return null
        },
        props: {
          decorations: (state) => decorationsOf(state),
          handlePaste(view, { clipboardData }) {
            const files = filesAlone(clipboardData)
            if (files.length > 0) startUploads(view, files)
            return files.length > 0
          },
        },
      }),
    ]
  },
})

/** Without it a browser leaves the page for a file that somebody lets go a finger's breadth beside the text. */
export const FileGuard = Extension.create({
  name: 'fileGuard',
  addProseMirrorPlugins: () => [
    new Plugin({ key: new PluginKey('fileGuard'), view: () => ({ destroy: guardFiles() }) }),
  ],
})

/** Nothing is put into the text itself then. */
const isSuggesting = (view: EditorView): boolean => view.dom.hasAttribute('data-suggesting')

const desks = new WeakMap<EditorView, UploadDesk>()

/** @param place default: at the caret. */
export function startUploads(view: EditorView, files: readonly File[], place?: Place): void {
  if (isSuggesting(view)) {
    toast({ text: 'A file cannot be suggested. Stop suggesting, then put it in.' })
    return
  }
  const at = place ?? placeAtCaret(view.state.selection.$to)
  const add = files.map((file) => ({ upload: newUpload(file, () => desks.get(view)), place: at }))
  view.dispatch(view.state.tr.setMeta(uploadsKey, { add } satisfies UploadsMeta))
}

function newUpload(file: File, desk: () => UploadDesk | undefined): Upload {
  const upload: Upload = {
    key: newIdempotencyKey(),
    file,
    sign: new UploadSign(file, {
      onCancel: () => desk()?.cancel(upload),
      onRetry: () => desk()?.again(upload),
    }),
  }
  return upload
}

function apply(tr: Transaction, before: readonly Placed[], old: EditorState): readonly Placed[] {
  const { add = [], end, putAt } = (tr.getMeta(uploadsKey) as UploadsMeta | undefined) ?? {}
  let placed = before
  if (tr.docChanged && placed.length > 0) {
    const places = placed.map(({ place }) => place)
    const index = placed.findIndex(({ upload }) => upload === end)
    const at = (place: Place) => positionIn(old.doc, place)
    const moved =
      putAt === undefined
        ? places.map((place) => mapPlace(place, tr.mapping))
        : aroundPut(places, { index, position: putAt, size: 1 }, at, tr.mapping)
    placed = placed.map(({ upload }, at) => ({ upload, place: moved[at] as Place }))
  }
  if (end) placed = placed.filter(({ upload }) => upload !== end)
  return add.length > 0 ? [...placed, ...add] : placed
}

const positionIn = (doc: ProseMirrorNode, place: Place, name: 'image' | 'file' = 'image'): number | null => {
  const type = doc.type.schema.nodes[name]
  return type ? positionOf(doc, place, type) : null
}

function decorationsOf(state: EditorState): DecorationSet | null {
  const placed = uploadsKey.getState(state) ?? []
  if (placed.length === 0) return null
  const drawn = placed.flatMap(({ upload, place }, index) => {
    const at = positionIn(state.doc, place)
    const spec = {
      key: upload.key,
      side: index - placed.length,
      ignoreSelection: true,
      stopEvent: () => true,
    }
    return at === null ? [] : [Decoration.widget(at, () => upload.sign.dom, spec)]
  })
  return DecorationSet.create(state.doc, drawn)
}

/** So many are sent at once; the others wait. */
const atOnce = 2

class UploadDesk {
  readonly #view: EditorView
  readonly #documentId: string
  readonly #waiting: Upload[] = []
  readonly #begun = new WeakSet<Upload>()
  #seen: readonly Placed[] = []
  readonly #running = new Map<Upload, AbortController>()

  constructor(view: EditorView, documentId: string) {
    this.#view = view
    this.#documentId = documentId
    window.addEventListener('beforeunload', this.#askBeforeLeaving)
  }

  /** Begins those that have come into the state. */
  beginNew(): void {
    const placed = uploadsKey.getState(this.#view.state) ?? []
    if (placed === this.#seen) return
    for (const { upload } of placed) {
      if (this.#begun.has(upload)) continue
      this.#begun.add(upload)
      this.#waiting.push(upload)
    }
    this.#seen = placed
    this.#next()
  }

  again(upload: Upload): void {
    upload.sign.waits()
    this.#waiting.push(upload)
    this.#next()
  }

  cancel(upload: Upload): void {
    const waits = this.#waiting.indexOf(upload)
    if (waits >= 0) this.#waiting.splice(waits, 1)
    this.#running.get(upload)?.abort()
    this.#running.delete(upload)
    this.#forget(upload)
    this.#next()
    this.#view.focus()
  }

  /** The editor goes: another one takes its place when the person's access has changed. */
  end(): void {
    window.removeEventListener('beforeunload', this.#askBeforeLeaving)
    const count = this.#running.size + this.#waiting.length
    if (count > 0)
      toast({
        kind: 'error',
        text: `${count === 1 ? 'A file was' : `${count} files were`} not put in: this page began anew. Put ${count === 1 ? 'it' : 'them'} in again.`,
      })
    this.#waiting.length = 0
    for (const controller of this.#running.values()) controller.abort()
    this.#running.clear()
  }

  readonly #askBeforeLeaving = (event: BeforeUnloadEvent) => {
    if (this.#running.size + this.#waiting.length > 0) event.preventDefault()
  }

  #next(): void {
    while (this.#running.size < atOnce) {
      const upload = this.#waiting.shift()
      if (!upload) return
      const controller = new AbortController()
      this.#running.set(upload, controller)
      void this.#send(upload, controller.signal)
    }
  }

  async #send(upload: Upload, signal: AbortSignal): Promise<void> {
    try {
      const { key: idempotencyKey, file, sign } = upload
      const onProgress = (part: number) => sign.progress(part)
      onProgress(0)
      const kept = await sendFile({ documentId: this.#documentId, file, idempotencyKey, signal, onProgress })
      if (!signal.aborted) this.#put(upload, kept)
    } catch (error) {
      if (!signal.aborted) upload.sign.failed(sentenceOf(error))
    }
    if (signal.aborted) return
    this.#running.delete(upload)
    this.#next()
  }

  #put(upload: Upload, kept: AttachmentAnswer): void {
    const { state } = this.#view
    const name = kept.mediaType === fileType ? 'file' : 'image'
    const found = uploadsKey.getState(state)?.find((placed) => placed.upload === upload)
    const position = found ? positionIn(state.doc, found.place, name) : null
    const node = blockOf(state, kept)
    const refusal = isSuggesting(this.#view)
      ? 'You suggest now instead of writing. Write again, then put it in.'
      : 'There is no place for it any more where it was.'
    if (position === null || !node || isSuggesting(this.#view)) {
      upload.sign.failed(refusal)
      return
    }
    const { tr } = state
    tr.insert(position, node)
    const $behind = tr.doc.resolve(position + node.nodeSize)
    const paragraph = state.schema.nodes.paragraph
    // At the very end nobody could write on behind it.
    if ($behind.depth === 0 && !$behind.nodeAfter && paragraph) tr.insert($behind.pos, paragraph.create())
    tr.setMeta(uploadsKey, { end: upload, putAt: position } satisfies UploadsMeta)
    if (name === 'image') askForDescription(kept.src)
    endUndoStep(this.#view)
    this.#view.dispatch(tr)
    endUndoStep(this.#view)
    upload.sign.gone()
  }

  #forget(upload: Upload): void {
    upload.sign.gone()
    this.#view.dispatch(this.#view.state.tr.setMeta(uploadsKey, { end: upload } satisfies UploadsMeta))
  }
}

/** The block that shows what was kept. */
function blockOf({ schema }: EditorState, kept: AttachmentAnswer): ProseMirrorNode | undefined {
  const { src, name, sizeBytes: size } = kept
  return kept.mediaType === fileType
    ? schema.nodes.file?.create({ src, name, size })
    : schema.nodes.image?.create({ src })
}
