import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState, type Plugin, type PluginView, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import {
  prosemirrorToYXmlFragment,
  redo,
  undo,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
  yUndoPluginKey,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { BlockIds } from '../../../components/editor/binding/block-ids'
import { ChangedBlocks } from '../../../components/editor/binding/changed-blocks'
import { TextPlaces } from '../../../components/editor/binding/text-places'
import { UndoMadeAnew } from '../../../components/editor/binding/undo-made-anew'
import { CaretPlace } from '../../../components/editor/caret/caret-place'
import { CarriedCaret } from '../../../components/editor/caret/carried-caret'
import { moveAsStep, type PlanMove, undoMoves } from '../../../components/editor/section/move-steps'
import { swapOf } from '../../../components/editor/section/section-swap'
import '../../../components/editor/binding/undo-origins'
import { CarriedWords } from '../../../components/sync/carried-words'
import { receivedUpdates } from '../../../components/sync/origins'
import { type Anchor, anchorAt, placeOf, resolveAnchor } from '../../../lib/content/anchor/anchor'
import type { AnchorPlace } from '../../../lib/content/anchor/anchor-position'
import { giveTexts } from '../../../lib/content/empty-text'
import { outlineOf } from '../../../lib/content/outline'
import { contentSchema } from '../../../lib/content/schema'

/** Several people's editors on one body: the real binding, undo and block ids, without a page. */
export class World {
  readonly desks: readonly Desk[]

  constructor(body: ProseMirrorNode, people = 2, plugins: (index: number) => Plugin[] = () => []) {
    const first = new Y.Doc()
    first.clientID = 1_000
    prosemirrorToYXmlFragment(body, first.getXmlFragment('content'))
    giveTexts(first.getXmlFragment('content'))
    const start = Y.encodeStateAsUpdate(first)
    this.desks = Array.from({ length: people }, (_, index) => {
      const ydoc = new Y.Doc()
      ydoc.clientID = index + 1
      Y.applyUpdate(ydoc, start, 'net')
      return new Desk(ydoc, plugins(index))
    })
    for (const desk of this.desks) {
      desk.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === 'net') return
        for (const other of this.desks) if (other !== desk) other.waiting.push(update)
      })
    }
  }

  desk(index: number): Desk {
    const desk = this.desks[index]
    if (!desk) throw new Error(`no desk ${index}`)
    return desk
  }

  /** Everybody receives what was written. */
  sync(): void {
    while (this.desks.some((desk) => desk.waiting.length > 0)) for (const desk of this.desks) desk.receive()
  }
}

/** One person's editor. */
export class Desk {
  readonly fragment: Y.XmlFragment
  readonly waiting: Uint8Array[] = []
  state: EditorState
  /** Where others write, as far as is known here. */
  writing: readonly number[] = []
  private readonly views: PluginView[] = []
  private readonly plan: PlanMove = ({ sectionId, before }) => {
    const { state, writing } = this
    const outline = outlineOf(state.doc)
    const swap = swapOf(state, outline, { sectionId, before, writing })
    const section = outline.find(({ id }) => id === sectionId)
    return swap && { swap, back: outline.find(({ from }) => from === section?.to)?.id ?? null }
  }
  readonly view: EditorView

  /** @param ydoc with its content: an editor on an empty one would write a paragraph. */
  constructor(
    readonly ydoc: Y.Doc,
    plugins: readonly Plugin[] = [],
  ) {
    this.fragment = ydoc.getXmlFragment('content')
    const all: Plugin[] = [
      ySyncPlugin(this.fragment),
      yUndoPlugin(),
      ...pluginsOf(ChangedBlocks),
      ...pluginsOf(CaretPlace),
      ...pluginsOf(CarriedCaret),
      ...pluginsOf(BlockIds),
      ...pluginsOf(TextPlaces),
      ...pluginsOf(UndoMadeAnew),
      ...plugins,
    ]
    this.state = EditorState.create({ schema: contentSchema, plugins: all })
    const desk = this
    this.view = {
      get state() {
        return desk.state
      },
      dispatch: (tr: Transaction) => this.dispatch(tr),
      hasFocus: () => false,
      isDestroyed: false,
    } as unknown as EditorView
    new CarriedWords({
      doc: ydoc,
      isRemote: (origin) => origin === 'net',
      isUnsaved: (client) => client === ydoc.clientID,
    })
    for (const plugin of all) {
      const made = plugin.spec.view?.(this.view)
      if (made) this.views.push(made)
    }
    undoMoves(() => this.state, this.plan)
  }

  dispatch(tr: Transaction): void {
    const before = this.state
    this.state = before.apply(tr)
    for (const view of [...this.views]) view.update?.(this.view, before)
  }

  edit(change: (tr: Transaction) => Transaction): void {
    this.dispatch(change(this.state.tr))
  }

  /** One step of undo for each call, however fast they follow. */
  endStep(): void {
    yUndoPluginKey.getState(this.state)?.undoManager.stopCapturing()
  }

  undo(): void {
    undo(this.state)
  }

  /** Puts a section before another one, null: behind the last; what others write at `writing` stays where it is. */
  move(sectionId: string, before: string | null, writing: readonly number[] = []): boolean {
    this.endStep()
    this.writing = writing
    return moveAsStep(this.state, { sectionId, before }, this.plan)
  }

  redo(): void {
    redo(this.state)
  }

  /** Takes what has arrived, as one change. */
  receive(): void {
    const updates = this.waiting.splice(0)
    if (updates.length === 0) return
    this.ydoc.transact((transaction) => {
      transaction.meta.set(receivedUpdates, updates)
      for (const update of updates) Y.applyUpdate(this.ydoc, update, 'net')
    }, 'net')
  }

  get place(): AnchorPlace {
    return { doc: this.state.doc, fragment: this.fragment }
  }

  get binding(): unknown {
    return ySyncPluginKey.getState(this.state)?.binding
  }

  /** Where a text stands in the document; `nth` counts from 0. */
  find(text: string, nth = 0): { from: number; to: number } {
    return rangeOf(this.state.doc, text, nth)
  }

  anchor(text: string, nth = 0): Anchor {
    const made = anchorAt(this.place, this.find(text, nth))
    if (!made) throw new Error(`no anchor for ${text}`)
    return made
  }

  /** What an anchor marks here; null: it is detached. */
  marked(anchor: Anchor): string | null {
    const range = resolveAnchor(this.place, anchor)
    return range && this.state.doc.textBetween(range.from, range.to, '\n', '\n')
  }
}

/** What somebody who comes later, or the server, sees: the stored bytes alone. */
export function markedElsewhere(from: Y.Doc, anchor: Anchor): string | null {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(from))
  const place = placeOf(copy.getXmlFragment('content'))
  const range = resolveAnchor(place, anchor)
  return range && place.doc.textBetween(range.from, range.to, '\n', '\n')
}

/** Where a text of one block stands. */
export function rangeOf(doc: ProseMirrorNode, text: string, nth = 0): { from: number; to: number } {
  const found: { from: number; to: number }[] = []
  doc.descendants((node, position) => {
    if (!node.inlineContent) return true
    const said = node.textBetween(0, node.content.size, '', '\n')
    for (let at = said.indexOf(text); at >= 0; at = said.indexOf(text, at + 1)) {
      found.push({ from: position + 1 + at, to: position + 1 + at + text.length })
    }
    return false
  })
  const range = found[nth]
  if (!range) throw new Error(`"${text}" is not there ${nth + 1} times`)
  return range
}

const pluginsOf = (extension: { config: { addProseMirrorPlugins?: unknown } }): Plugin[] =>
  (extension.config.addProseMirrorPlugins as () => Plugin[]).call({})
