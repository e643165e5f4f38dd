import { type Editor, Extension } from '@tiptap/core'
import type { Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { toast } from '../../ui/toast'
import { pastePlaces } from './paste-place'
import type { PasteTask, TakenData } from './paste-reader'
import { unreadableWords } from './paste-words'

type Reader = typeof import('./paste-reader')

export interface PasteOptions {
  /** Stores a picture that came along with text, and shows it at a position. Without it, it is left out. */
  onPicture: PasteTask['onPicture']
}

/**
 * What is pasted and dropped goes through one reader of our own (`lib/content/paste`), whatever program it was copied
 * from; our own copies are the editor's to read, and files alone are an upload. The reader is fetched when somebody
 * begins to work in the text.
 */
export const Paste = Extension.create<PasteOptions>({
  name: 'paste',
  // Before whatever looks at what is pasted; behind Suggesting, which proposes it instead.
  priority: 1_200,
  addOptions: () => ({ onPicture: () => {} }),
  addProseMirrorPlugins() {
    return [pastePlaces(), pastePlugin(this.editor, this.options)]
  },
})

/** Shorter copies of our own are put in without a look at how much it is, in positions. */
const smallSize = 10_000

const putIn = (view: EditorView, slice: Slice): void =>
  view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true))

let loaded: Reader | null = null

async function load(): Promise<Reader> {
  loaded ??= await import('./paste-reader')
  return loaded
}

function pastePlugin(editor: Editor, { onPicture }: PasteOptions): Plugin {
  let isShifted = false
  const begin = (view: EditorView, event: ClipboardEvent | DragEvent, data: TakenData): void => {
    const { from, to } = view.state.selection
    const offer = (slice: Slice): boolean =>
      view.someProp('handlePaste', (handle) => handle(view, event as ClipboardEvent, slice)) === true
    const task: PasteTask = { editor, data, place: { from, to }, offer, onPicture }
    if (loaded) loaded.paste(task)
    else
      void load().then(
        (reader) => {
          if (!editor.isDestroyed) reader.paste(task)
        },
        () => toast({ kind: 'error', text: unreadableWords }),
      )
  }
  return new Plugin({
    key: new PluginKey('paste'),
    props: {
      handlePaste(view, event, slice) {
        // What we have read ourselves is offered to others here, and was weighed before.
        if (event.defaultPrevented || slice.size === 0) return false
        if (loaded) return loaded.pasteOwn(editor, slice)
        if (slice.size < smallSize) return false
        void load().then(
          (reader) => reader.pasteOwn(editor, slice) || putIn(view, slice),
          () => toast({ kind: 'error', text: unreadableWords }),
        )
        return true
      },
      handleDOMEvents: {
        focus: () => {
          if (!loaded) load().catch(() => {})
          return false
        },
        keydown: (_, event) => {
          isShifted = event.shiftKey && event.key !== 'Insert'
          return false
        },
        keyup: (_, event) => {
          isShifted = event.shiftKey
          return false
        },
        paste: (view, event) => {
          const { clipboardData } = event
          // A browser's own paste is the only one that leaves a composition in peace.
          if (!clipboardData || view.composing || !view.editable) return false
          const data = { ...takenFrom(clipboardData), plain: isShifted }
          if (isOthersToRead(view, data)) return false
          event.preventDefault()
          begin(view, event, data)
          return true
        },
        drop: (view, event) => {
          const { dataTransfer } = event
          if (!dataTransfer || view.dragging || !view.editable) return false
          const data = { ...takenFrom(dataTransfer), plain: false }
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
          if (isOthersToRead(view, data) || !place) return false
          event.preventDefault()
          const selection = TextSelection.near(view.state.doc.resolve(place.pos))
          view.dispatch(view.state.tr.setSelection(selection))
          view.focus()
          begin(view, event, data)
          return true
        },
      },
    },
  })
}

const takenFrom = (data: DataTransfer): Omit<TakenData, 'plain'> => ({
  html: data.getData('text/html'),
  text: data.getData('text/plain') || data.getData('text/uri-list').replace(/\r?\n/g, ' '),
  editorData: data.getData('vscode-editor-data'),
})

/** True for our own copies, for text into code, for one address, and for files that nothing is said about. */
function isOthersToRead(view: EditorView, { html, text, editorData, plain }: TakenData): boolean {
  if (view.state.selection.$from.parent.type.spec.code) return true
  if (plain) return text === ''
  if (html === '' && text === '') return true
  if (isOwn(html)) return true
  if (/^\s*(?:https?:\/\/|mailto:)\S{1,2000}\s*$/i.test(text.slice(0, 2_100)) && editorData === '')
    return html === ''
  // A picture from a page comes as a file, with markup that says where it was.
  return (
    text.trim() === '' &&
    /^(?:\s|<meta[^>]*>|<\/?(?:html|body)[^>]*>|<!--[^>]*-->)*<img[^>]*>(?:\s|<[^>]*>)*$/i.test(
      html.slice(0, 20_000),
    )
  )
}

/** Copied from a body of ours: blocks say their ids. */
const isOwn = (html: string): boolean => html.includes('data-pm-slice=') && html.includes(' data-id="')
