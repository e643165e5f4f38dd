import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { slugsOf } from '../../../lib/content/markdown/slug'
import { revealAt } from '../container/details-open'
import { sectionsOf } from '../section/sections'

const key = new PluginKey<DecorationSet>('pointedBlock')

/** How long a block is marked that somebody came to, in ms; as long as its colour takes to fade (drawn.css). */
const markedForMs = 2_500

/** How long the page waits for a block that its address names, in ms: the text comes after the page. */
const awaitedForMs = 15_000

/**
 * Leads to the block that the page's address names behind `#`, by its id or, for a heading, by its words as in
 * Markdown, and marks it for a moment.
 */
export const PointedBlock = Extension.create({
  name: 'pointedBlock',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, before) {
          const given = tr.getMeta(key) as { from: number; to: number } | null | undefined
          if (given === undefined) return before.map(tr.mapping, tr.doc)
          if (given === null) return DecorationSet.empty
          return DecorationSet.create(tr.doc, [
            Decoration.node(given.from, given.to, { class: 'is-pointed' }),
          ])
        },
      },
      props: { decorations: (state) => key.getState(state) },
      view: (view) => {
        let awaited: string | null = placeInAddress()
        const tries = () => {
          if (awaited !== null && pointTo(view, awaited)) awaited = null
        }
        // Once it is drawn: before, there is nothing to scroll to.
        const first = requestAnimationFrame(tries)
        const giveUp = setTimeout(() => {
          awaited = null
        }, awaitedForMs)
        const follow = () => {
          const place = placeInAddress()
          if (place !== null) pointTo(view, place)
        }
        window.addEventListener('hashchange', follow)
        return {
          update(_, before) {
            if (awaited !== null && before.doc !== view.state.doc) requestAnimationFrame(tries)
          },
          destroy() {
            awaited = null
            cancelAnimationFrame(first)
            clearTimeout(giveUp)
            window.removeEventListener('hashchange', follow)
          },
        }
      },
    }),
  ],
})

function placeInAddress(): string | null {
  const place = decoded(location.hash.slice(1))
  return place === '' ? null : place
}

/** Brings a place of this document into sight and marks it. False: there is none of that name. */
export const goToPlaceNamed = (editor: Editor, place: string): boolean => pointTo(editor.view, decoded(place))

function pointTo(view: EditorView, place: string): boolean {
  if (view.isDestroyed) return true
  const from = positionNamed(view.state, place)
  const node = from === null ? null : view.state.doc.nodeAt(from)
  if (from === null || !node) return false
  revealAt(view, from)
  const dom = view.nodeDOM(from)
  if (dom instanceof HTMLElement)
    dom.scrollIntoView({ block: node.type.name === 'heading' ? 'start' : 'center' })
  view.dispatch(view.state.tr.setMeta(key, { from, to: from + node.nodeSize }))
  setTimeout(() => {
    if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, null))
  }, markedForMs)
  return true
}

/** Before the block of this id, or the heading of these words; null: there is none. */
function positionNamed(state: EditorState, place: string): number | null {
  let found: number | null = null
  state.doc.descendants((node, position) => {
    if (found !== null) return false
    if (node.isBlock && node.attrs.id === place) found = position
    return found === null && !node.inlineContent
  })
  if (found !== null) return found
  const sections = sectionsOf(state).filter(({ level }) => level > 0)
  const slugs = slugsOf(sections.map(({ title }) => title))
  return sections[slugs.indexOf(place)]?.from ?? null
}

function decoded(place: string): string {
  try {
    return decodeURIComponent(place)
  } catch {
    return place
  }
}
