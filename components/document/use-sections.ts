import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SectionAnswer } from '../../lib/api-section'
import type { OutlineSection } from '../../lib/content/outline'
import { type CallInput, callApi } from '../call-api'
import { readAll } from '../read-all'
import type { DocumentSession } from '../sync/document-session'
import { type SectionSigns, sameSigns, signsOfAnswer } from './section-signs'

/** How long after a change the states of sections are read from the text again, in ms. */
const restMs = 700
/** How long a heading that was typed is given to be saved, in ms. */
const returnMs = 3_000

export interface SectionsInput {
  readonly documentId: string
  /** As the server read them when it made the page. */
  readonly sections: readonly SectionAnswer[]
  /** Advice by the key of a template's section. */
  readonly advice: Readonly<Record<string, string>>
  readonly session: DocumentSession | null
  readonly editor: Editor | null
  readonly outline: { readonly current: readonly OutlineSection[] }
}

export type SayOfSection = CallInput<'updateSection'>['body']

/** What is known of the document's sections: advice, what was said of each, and what follows from the text. */
export interface Sections {
  /** Advice by the heading's block id. */
  readonly guidance: ReadonlyMap<string, string>
  readonly signs: SectionSigns
  /** @throws CallError with a sentence to show. */
  readonly say: (sectionId: string, said: SayOfSection) => Promise<void>
  /** Gives a section what was said of the deleted one that it was typed again for. @throws CallError */
  readonly giveBack: (sectionId: string, from: string) => Promise<void>
}

export function useSections(input: SectionsInput): Sections {
  const { documentId, sections: given, advice, session, editor, outline } = input
  const [sections, setSections] = useState(given)
  /** Answers may overtake one another: only that of the newest question counts. */
  const asked = useRef(0)
  const readAnew = useCallback(async () => {
    asked.current += 1
    const mine = asked.current
    const read = await readAll((query) => callApi('listSections', { params: { id: documentId }, query }))
    if (mine === asked.current) setSections(read)
  }, [documentId])
  useEffect(
    () =>
      session?.onLive((event) => {
        // What is drawn until now stays; the next event or reload asks again.
        if (event.type === 'sections.changed') readAnew().catch(() => {})
      }),
    [session, readAnew],
  )

  const known = useMemo(() => new Map(sections.map((section) => [section.id, section])), [sections])
  const guidance = useMemo(() => {
    const byHeading = new Map<string, string>()
    for (const { id, templateSection } of sections) {
      const text = templateSection === null ? undefined : advice[templateSection]
      if (text !== undefined) byHeading.set(id, text)
    }
    return byHeading
  }, [sections, advice])

  const signs = useSigns({ editor, outline, sections, known, advice })
  useReturns({ editor, outline, known, advice, readAnew })

  const say = useCallback(
    async (sectionId: string, said: SayOfSection) => {
      const clock = said.state === 'ready' && editor ? await clockOf(editor) : undefined
      await callApi('updateSection', {
        params: { id: documentId, sectionId },
        body: said,
        ...(clock === undefined ? {} : { clock }),
      })
      await readAnew()
    },
    [documentId, editor, readAnew],
  )
  const giveBack = useCallback(
    async (sectionId: string, from: string) => {
      await callApi('returnSection', { params: { id: documentId, sectionId }, body: { from } })
      await readAnew()
    },
    [documentId, readAnew],
  )
  return { guidance, signs, say, giveBack }
}

/** What is meant by *ready* is what stands on this page: the server waits until it has it. */
async function clockOf(editor: Editor): Promise<string | undefined> {
  const { stateVectorOf } = await import('../editor/binding/state-vector')
  return stateVectorOf(editor)
}

interface SignsInput {
  readonly editor: Editor | null
  readonly outline: { readonly current: readonly OutlineSection[] }
  readonly sections: readonly SectionAnswer[]
  readonly known: ReadonlyMap<string, SectionAnswer>
  readonly advice: Readonly<Record<string, string>>
}

/** The states of the sections, read from the text whenever it rests. */
function useSigns({ editor, outline, sections, known, advice }: SignsInput): SectionSigns {
  const [signs, setSigns] = useState<SectionSigns>(() => signsOfAnswer(sections))
  useEffect(() => {
    if (!editor) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const read = async () => {
      timer = undefined
      const { signsOfBody } = await import('./body-signs')
      if (gone || editor.isDestroyed) return
      const asked = (key: string) => advice[key] !== undefined
      const now = signsOfBody(editor.state.doc, outline.current, { known, asked })
      setSigns((before) => (sameSigns(before, now) ? before : now))
    }
    // While somebody types without a pause, others see it all the same.
    const later = () => {
      timer ??= setTimeout(() => void read().catch(() => {}), restMs)
    }
    void read().catch(() => {})
    editor.on('update', later)
    return () => {
      gone = true
      clearTimeout(timer)
      editor.off('update', later)
    }
  }, [editor, outline, known, advice])
  return signs
}

interface ReturnsInput extends Omit<SignsInput, 'sections'> {
  readonly readAnew: () => Promise<void>
}

/** Where one of the template's sections is gone, a heading that is called anew may be that one typed again. */
function useReturns({ editor, outline, known, advice, readAnew }: ReturnsInput): void {
  useEffect(() => {
    if (!editor) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer = undefined
      const here = new Set<string | null>()
      let called = false
      for (const { id, title, level } of outline.current) {
        const section = known.get(id)
        // One without a title is as good as gone.
        if (title.trim() !== '') here.add(section?.templateSection ?? null)
        called ||= level > 0 && title !== '' && !section?.templateSection && section?.title !== title
      }
      if (called && Object.keys(advice).some((key) => !here.has(key))) readAnew().catch(() => {})
    }
    const later = () => {
      timer ??= setTimeout(look, returnMs)
    }
    editor.on('update', later)
    return () => {
      clearTimeout(timer)
      editor.off('update', later)
    }
  }, [editor, outline, known, advice, readAnew])
}
