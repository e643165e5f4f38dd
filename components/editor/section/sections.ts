import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { DecorationSet, type EditorView } from '@tiptap/pm/view'
import { type OutlineSection, outlineOf, sectionAt } from '../../../lib/content/outline'
import { shiftedOutline } from '../../../lib/content/outline-shift'
import { decorationOf, type HeadingSign, type SectionMarkActions, sectionMarks } from './section-marks'

interface SectionsState {
  readonly outline: readonly OutlineSection[]
  readonly guidance: ReadonlyMap<string, string>
  readonly open: ReadonlySet<string>
  readonly threads: ReadonlyMap<string, number> | null
  readonly signs: ReadonlyMap<string, HeadingSign>
  readonly maySay: boolean
  readonly decorations: DecorationSet
}

type SectionsMeta =
  | { guidance: ReadonlyMap<string, string> }
  | { threads: ReadonlyMap<string, number> | null }
  | { signs: ReadonlyMap<string, HeadingSign>; maySay: boolean }
  | { toggle: string }

const key = new PluginKey<SectionsState>('sections')

export interface SectionsOptions {
  canWrite: boolean
  /** Called when the outline may have changed; the same array as before when only text did. */
  onOutline: (outline: readonly OutlineSection[]) => void
  /** Called with the block id of the section that the caret is in; null: none, or the editor has no focus. */
  onSection: (sectionId: string | null) => void
  /** The threads of a section are asked for, at its heading. */
  onSectionThreads: (headingId: string) => void
  /** The menu of a section is asked for, at its heading. */
  onSectionMenu: (headingId: string, button: HTMLElement) => void
}

/** Reads the outline from the body after every change, and draws numbers and guidance from it. */
export const Sections = Extension.create<SectionsOptions>({
  name: 'sections',
  addOptions: () => ({
    canWrite: false,
    onOutline: () => {},
    onSection: () => {},
    onSectionThreads: () => {},
    onSectionMenu: () => {},
  }),
  addProseMirrorPlugins() {
    const { canWrite, onOutline, onSection, onSectionThreads, onSectionMenu } = this.options
    let view: EditorView | null = null
    const actions: SectionMarkActions = {
      toggleAdvice: (toggle) => view?.dispatch(view.state.tr.setMeta(key, { toggle } satisfies SectionsMeta)),
      startWriting: (headingId) => {
        const section = view && sectionsOf(view.state).find(({ id }) => id === headingId)
        if (view && section) insertParagraph(view, section.ownFrom)
      },
      showThreads: onSectionThreads,
      showMenu: onSectionMenu,
    }
    const draw = (state: EditorState, input: Omit<SectionsState, 'decorations'>) => ({
      ...input,
      decorations: DecorationSet.create(
        state.doc,
        sectionMarks({ doc: state.doc, canWrite, ...input }).map((mark) => decorationOf(mark, actions)),
      ),
    })
    return [
      new Plugin<SectionsState>({
        key,
        state: {
          init: (_, state) =>
            draw(state, {
              outline: outlineOf(state.doc),
              guidance: new Map(),
              open: new Set(),
              threads: null,
              signs: new Map(),
              maySay: false,
            }),
          apply(tr, before, _, after) {
            const meta: SectionsMeta | undefined = tr.getMeta(key)
            if (!tr.docChanged && meta === undefined) return before
            const shifted = tr.docChanged ? shiftedOutline(before.outline, tr.before, tr.doc) : before.outline
            const outline = sameOr(before.outline, shifted ?? outlineOf(after.doc))
            if (meta === undefined && shifted && isMapped(before.outline, shifted, tr)) {
              return { ...before, outline, decorations: before.decorations.map(tr.mapping, tr.doc) }
            }
            return draw(after, { outline, ...settingsAfter(before, meta) })
          },
        },
        props: { decorations: (state) => key.getState(state)?.decorations ?? null },
        view(created) {
          view = created
          let outline: readonly OutlineSection[] | undefined
          let section: string | null | undefined
          const tell = () => {
            const now = sectionsOf(created.state)
            if (now !== outline) onOutline(now)
            outline = now
            const here = created.hasFocus()
              ? (sectionAt(now, created.state.selection.head)?.id ?? null)
              : null
            if (here !== section) onSection(here)
            section = here
          }
          created.dom.addEventListener('focus', tell)
          created.dom.addEventListener('blur', tell)
          tell()
          return {
            update: tell,
            destroy() {
              view = null
              created.dom.removeEventListener('focus', tell)
              created.dom.removeEventListener('blur', tell)
            },
          }
        },
      }),
    ]
  },
})

/** The outline as last read. */
export const sectionsOf = (state: EditorState): readonly OutlineSection[] =>
  key.getState(state)?.outline ?? []

/** Which advice belongs to which heading, as the server says. */
export function setGuidance(editor: Editor, guidance: ReadonlyMap<string, string>): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, { guidance } satisfies SectionsMeta))
}

/** How many open threads each section has, as its heading shows it; null: none is offered. */
export function setSectionThreads(editor: Editor, threads: ReadonlyMap<string, number> | null): void {
  if (isSameCount(key.getState(editor.state)?.threads ?? null, threads)) return
  editor.view.dispatch(editor.state.tr.setMeta(key, { threads } satisfies SectionsMeta))
}

/** What is known of each section, as its heading shows it. @param maySay this person says it. */
export function setSectionSigns(
  editor: Editor,
  signs: ReadonlyMap<string, HeadingSign>,
  maySay: boolean,
): void {
  const before = key.getState(editor.state)
  if (before && before.maySay === maySay && areSameSigns(before.signs, signs)) return
  editor.view.dispatch(editor.state.tr.setMeta(key, { signs, maySay } satisfies SectionsMeta))
}

function areSameSigns(a: ReadonlyMap<string, HeadingSign>, b: ReadonlyMap<string, HeadingSign>): boolean {
  if (a.size !== b.size) return false
  return [...a].every(([id, { state, reason, holds, returns }]) => {
    const other = b.get(id)
    return (
      other?.state === state && other.reason === reason && other.holds === holds && other.returns === returns
    )
  })
}

function isSameCount(a: ReadonlyMap<string, number> | null, b: ReadonlyMap<string, number> | null): boolean {
  if (a === null || b === null) return a === b
  return a.size === b.size && [...a].every(([id, count]) => b.get(id) === count)
}

function settingsAfter(before: SectionsState, meta: SectionsMeta | undefined) {
  const { guidance, open, threads, signs, maySay } = before
  const settings = { guidance, open, threads, signs, maySay }
  if (meta === undefined) return settings
  if (!('toggle' in meta)) return { ...settings, ...meta }
  const toggled = new Set(open)
  if (!toggled.delete(meta.toggle)) toggled.add(meta.toggle)
  return { ...settings, open: toggled }
}

/** True where a transaction's own mapping leads to the same places, and takes away nothing that is drawn there. */
function isMapped(
  before: readonly OutlineSection[],
  after: readonly OutlineSection[],
  { mapping }: Transaction,
): boolean {
  const leads = (from: number, to = 0) =>
    [-1, 1].every((side) => {
      const { pos, deleted } = mapping.mapResult(from, side)
      return pos === to && !deleted
    })
  return before.every(
    ({ from, ownFrom }, index) => leads(from, after[index]?.from) && leads(ownFrom, after[index]?.ownFrom),
  )
}

/** The old array when nothing in it changed, so that what draws it need not look. Positions count. */
function sameOr(before: readonly OutlineSection[], after: readonly OutlineSection[]) {
  const same =
    before.length === after.length &&
    after.every((section, index) => {
      const old = before[index]
      return (
        old !== undefined &&
        (Object.keys(section) as (keyof OutlineSection)[]).every((k) => old[k] === section[k])
      )
    })
  return same ? before : after
}

function insertParagraph(view: EditorView, at: number): void {
  const paragraph = view.state.schema.nodes.paragraph?.create()
  if (!paragraph) return
  const tr: Transaction = view.state.tr.insert(at, paragraph)
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
  view.focus()
}
