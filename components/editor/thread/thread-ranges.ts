import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Anchor } from '../../../lib/content/anchor/anchor'
import { keptDecorations } from '../binding/kept-decorations'
import { placeOfState } from '../binding/state-place'
import { afterBodyChange, afterOwnChange, atRest, type TrackedWords, track } from './thread-tracking'

/** A thread about words, as far as it is drawn. */
export interface DrawnThread {
  readonly id: string
  readonly anchor: Anchor
  /** `must`: it has to be resolved. */
  readonly tone: 'plain' | 'must'
}

/** Where the words of each thread are; one that is not in it is detached. */
export type ThreadRangeMap = ReadonlyMap<string, { readonly from: number; readonly to: number }>

export interface ThreadRangesOptions {
  /**
   * Called when a range may have changed; positions hold for the editor's present state.
   *
   * @param lost threads whose words were looked for in the whole text, and are not there.
   */
  onRanges: (ranges: ThreadRangeMap, lost: ReadonlySet<string>) => void
  /** Words of a thread were clicked: of the shortest one there, or of the next one when that is open already. */
  onClickThread: (id: string) => void
}

interface RangesState {
  readonly threads: readonly DrawnThread[]
  readonly activeId: string | null
  /** What a comment is being written on. */
  readonly pending: Anchor | null
  readonly words: ReadonlyMap<string, TrackedWords>
  readonly decorations: DecorationSet
}

type RangesMeta =
  | { readonly threads: readonly DrawnThread[] }
  | { readonly activeId: string | null }
  | { readonly pending: Anchor | null }
  | { readonly found: ReadonlyMap<string, TrackedWords> }

const key = new PluginKey<RangesState>('threadRanges')

/** Stands among the ids of threads, which are UUIDs. */
const pendingId = 'pending'

/** How long after a change what it left unsure is looked up, and how long that may hold up the page at once. In ms. */
const restMs = 250
const sliceMs = 8

/** Follows the words of threads through every change and draws them. Nothing of it enters the document. */
export const ThreadRanges = Extension.create<ThreadRangesOptions>({
  name: 'threadRanges',
  addOptions: () => ({ onRanges: () => {}, onClickThread: () => {} }),
  addProseMirrorPlugins() {
    return [threadRanges(this.options)]
  },
})

export function threadRanges({ onRanges, onClickThread }: ThreadRangesOptions): Plugin<RangesState> {
  return new Plugin<RangesState>({
    key,
    state: {
      init: () => ({
        threads: [],
        activeId: null,
        pending: null,
        words: new Map(),
        decorations: DecorationSet.empty,
      }),
      apply(tr, before, _, after) {
        const meta: RangesMeta | undefined = tr.getMeta(key)
        if (!tr.docChanged && meta === undefined) return before
        const given = { ...before, ...(meta && !('found' in meta) ? meta : {}) }
        const words = wordsAfter(tr, before, given, meta, after)
        const drawn = before.decorations.map(tr.mapping, tr.doc)
        return {
          ...given,
          words,
          decorations: keptDecorations(drawn, after.doc, decorationsOf({ ...given, words })),
        }
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations ?? null,
      handleClick(view, position) {
        const id = threadAt(view.state, position)
        if (id !== null) onClickThread(id)
        // The caret goes there all the same.
        return false
      },
    },
    view(view) {
      let told: RangesState['words'] | undefined
      const rest = new Rest(view)
      const tell = () => {
        const { words } = stateOf(view.state)
        if (words === told) return
        told = words
        onRanges(rangesOf(words), lostOf(words))
        rest.soon()
      }
      tell()
      return { update: tell, destroy: () => rest.end() }
    },
  })
}

function wordsAfter(
  tr: Transaction,
  before: RangesState,
  given: Pick<RangesState, 'threads' | 'pending'>,
  meta: RangesMeta | undefined,
  state: EditorState,
): RangesState['words'] {
  if (meta && 'found' in meta) return new Map([...before.words, ...meta.found])
  if (tr.docChanged) {
    const body = tr.getMeta(ySyncPluginKey) === undefined ? null : placeOfState(state)
    let changed = false
    const next = new Map<string, TrackedWords>()
    for (const [id, words] of before.words) {
      const now = body ? afterBodyChange(body, words, tr) : afterOwnChange(tr, words)
      changed ||= now !== words
      next.set(id, now)
    }
    return changed ? next : before.words
  }
  if (!meta || 'activeId' in meta) return before.words
  const place = placeOfState(state)
  const wanted: [string, Anchor][] = given.threads.map(({ id, anchor }) => [id, anchor])
  if (given.pending) wanted.push([pendingId, given.pending])
  return new Map(
    wanted.flatMap(([id, anchor]) => {
      const known = before.words.get(id)
      if (known && isSame(known.anchor, anchor)) return [[id, known]]
      return place ? [[id, track(place, anchor)]] : []
    }),
  )
}

const isSame = (a: Anchor, b: Anchor): boolean =>
  a === b || (a.start === b.start && a.end === b.end && a.quote === b.quote)

function decorationsOf({ threads, activeId, pending, words }: Omit<RangesState, 'decorations'>) {
  const all = pending ? [...threads, { id: pendingId, tone: 'plain' as const }] : threads
  return all.flatMap(({ id, tone }) => {
    const range = words.get(id)?.range
    if (!range) return []
    const signs = [
      tone === 'must' && 'is-must',
      id === activeId && 'is-active',
      id === pendingId && 'is-pending',
    ]
    const look = ['thread-words', ...signs.filter(Boolean)].join(' ')
    return Decoration.inline(range.from, range.to, { class: look }, { key: `${id} ${look}` })
  })
}

function rangesOf(words: RangesState['words']): ThreadRangeMap {
  const ranges = new Map<string, { from: number; to: number }>()
  for (const [id, { range }] of words) if (range && id !== pendingId) ranges.set(id, range)
  return ranges
}

const lostOf = (words: RangesState['words']): ReadonlySet<string> =>
  new Set([...words].flatMap(([id, { range, unsure }]) => (range === null && !unsure ? [id] : [])))

const stateOf = (state: EditorState): RangesState => {
  const found = key.getState(state)
  if (!found) throw new Error('this editor draws no threads')
  return found
}

/** Looks at rest for what a change left unsure, a slice at a time; each finding is a transaction of its own. */
class Rest {
  readonly #view: EditorView
  #timer: ReturnType<typeof setTimeout> | null = null
  #ended = false

  constructor(view: EditorView) {
    this.#view = view
  }

  /** Not put off by what follows: where somebody types without a pause it is done in between. */
  soon(ms = restMs): void {
    if (this.#ended || this.#timer !== null || this.#unsure().length === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#look()
    }, ms)
  }

  end(): void {
    this.#ended = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #unsure(): [string, TrackedWords][] {
    return [...stateOf(this.#view.state).words].filter(([, words]) => words.unsure)
  }

  #look(): void {
    const place = placeOfState(this.#view.state)
    if (!place || this.#view.composing) {
      this.soon()
      return
    }
    const found = new Map<string, TrackedWords>()
    const until = performance.now() + sliceMs
    for (const [id, words] of this.#unsure()) {
      found.set(id, atRest(place, words))
      if (performance.now() > until) break
    }
    if (found.size > 0) this.#view.dispatch(this.#view.state.tr.setMeta(key, { found } satisfies RangesMeta))
    this.soon(0)
  }
}

/** The thread whose words are at a position; the next one where the shortest is open already. */
export function threadAt(state: EditorState, position: number): string | null {
  const { words, activeId } = stateOf(state)
  const here = [...rangesOf(words)]
    .filter(([, { from, to }]) => from <= position && position <= to)
    .sort(([, a], [, b]) => a.to - a.from - (b.to - b.from))
    .map(([id]) => id)
  const open = activeId === null ? -1 : here.indexOf(activeId)
  return here[(open + 1) % here.length] ?? null
}

/** Which threads are drawn. */
export const setThreads = (editor: Editor, threads: readonly DrawnThread[]): void => tell(editor, { threads })

/** Which of them is open. */
export const setActiveThread = (editor: Editor, activeId: string | null): void => tell(editor, { activeId })

/** What a comment is being written on. */
export const setPendingAnchor = (editor: Editor, pending: Anchor | null): void => tell(editor, { pending })

const tell = (editor: Editor, meta: RangesMeta): void =>
  editor.view.dispatch(editor.state.tr.setMeta(key, meta))
