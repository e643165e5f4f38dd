import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

/**
 * Keeps clicks and arrow keys from being taken back.
 *
 * The browser moves the selection at once, and ProseMirror (1.4x) hears of it with `selectionchange`, a task
 * later. A key that follows at once acts on the old one, and whatever is drawn anew in between (a card that opens,
 * somebody's caret, a change that arrives) puts the old one back: the first click into a page would end at its
 * beginning, and typing would follow it there.
 * So a selection that is under way is read before a key acts, and before a transaction that knows nothing of it.
 */
export const PendingSelection = Extension.create({
  name: 'pendingSelection',
  // Before the binding (1000), which remembers the selection when a change arrives.
  priority: 2_000,
  dispatchTransaction({ transaction, next }) {
    const view = mounted.get(this.editor)
    const knows = transaction.docChanged || transaction.selectionSet
    // With the focus alone the browser puts a caret at the beginning, which nobody has asked for.
    if (view && !knows && transaction.getMeta('focus') === undefined && readSelection(view)) {
      transaction.setSelection(view.state.selection)
    }
    next(transaction)
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('pendingSelection'),
        props: {
          handleDOMEvents: {
            // Keys act on what is selected.
            keydown: (view) => {
              readSelection(view)
              return false
            },
            // ProseMirror puts its own selection back 20 ms after the focus came, should it know no other.
            focus: (view) => {
              setTimeout(() => view.isDestroyed || readSelection(view))
              return false
            },
          },
        },
        view(view) {
          mounted.set(editor, view)
          const body: Y.Doc | undefined = ySyncPluginKey.getState(view.state)?.doc
          const beforeChange = (doc: Y.Doc) => {
            if (doc._transaction?.local === false) readSelection(view)
          }
          body?.on('beforeAllTransactions', beforeChange)
          return {
            destroy() {
              mounted.delete(editor)
              body?.off('beforeAllTransactions', beforeChange)
            },
          }
        },
      }),
    ]
  },
})

/** An editor has transactions before it has a view, and asking it for that throws. */
const mounted = new WeakMap<Editor, EditorView>()

/** What ProseMirror keeps to itself, as far as it is asked here. */
interface DomObserver {
  readonly queue: readonly unknown[]
  readonly flushingSoon: number
  flush(): void
}

/** Takes over the browser's selection; true: it was another one. Typing that is under way is left alone. */
function readSelection(view: EditorView): boolean {
  const { domObserver } = view as unknown as { domObserver?: DomObserver }
  if (!domObserver || view.composing || domObserver.queue.length > 0 || domObserver.flushingSoon >= 0)
    return false
  const { selection, doc } = view.state
  domObserver.flush()
  return view.state.doc === doc && !view.state.selection.eq(selection)
}
