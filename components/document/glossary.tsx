'use client'

import type { Editor } from '@tiptap/core'
import { BookA, BookOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SectionAnswer } from '../../lib/api-section'
import type { FoundTerms } from '../editor/term/term-finder'
import { useCommands } from '../shell/commands'
import { lazyPart } from '../shell/lazy-part'
import { toast } from '../ui/toast'
import { useKeptChoice } from './kept-choice'
import { type AskedTerm, useAskedTerm } from './use-asked-term'

const TermCard = lazyPart(() => import('./term-card').then((part) => part.TermCard))

export interface GlossaryProps {
  readonly documentId: string
  readonly editor: Editor
  readonly sections: readonly SectionAnswer[]
  readonly onGo: (sectionId: string) => void
}

const lookUp = 'Mod-Alt-g'

/** The document's own words: marked where it uses them, told on hover, focus and tap. */
export function Glossary({ documentId, editor, sections, onGo }: GlossaryProps) {
  const [isShown, show] = useKeptChoice('rationale.terms', true)
  const found = useFoundTerms(editor, sections, isShown)
  const [asked, ask] = useAskedTerm(editor)
  const entries = found?.entries ?? []
  const home = found?.sections[0]
  useCommands({
    now: () =>
      entries.length === 0
        ? []
        : [
            {
              id: 'term-here',
              group: 'View',
              label: 'What the word at the caret means here',
              words: 'glossary term terminology definition',
              shortcut: lookUp,
              heard: true,
              icon: BookOpen,
              run: () => void askAtCaret(editor, ask),
            },
            {
              id: 'terms-shown',
              group: 'View',
              label: isShown ? 'Do not mark words of the glossary' : 'Mark words of the glossary',
              words: 'terms terminology underline',
              icon: BookA,
              run: () => show(!isShown),
            },
            ...entries.map(({ term, meaning }) => ({
              id: `term-${term}`,
              group: 'Go to' as const,
              label: term,
              words: 'term glossary',
              note: meaning,
              icon: BookA,
              run: () => home && onGo(home.id),
            })),
          ],
  })
  const entry = asked && entries.find(({ term }) => term === asked.term)
  if (!asked || !entry) return null
  return (
    <TermCard
      key={asked.term}
      {...{ documentId, editor, entry, asked }}
      place={home ? { name: home.title, go: () => onGo(home.id) } : null}
      onHide={() => {
        show(false)
        ask(null)
      }}
      onClose={() => ask(null)}
    />
  )
}

function useFoundTerms(
  editor: Editor,
  sections: readonly SectionAnswer[],
  isShown: boolean,
): FoundTerms | null {
  const [found, setFound] = useState<FoundTerms | null>(null)
  const [finder, setFinder] = useState<{ show: (isShown: boolean) => void } | null>(null)
  useEffect(() => {
    let stop = () => {}
    let gone = false
    // What finds them comes after the editor; a page whose server is away goes without.
    void import('../editor/term/term-finder').then(
      ({ TermFinder }) => {
        if (gone || editor.isDestroyed) return
        const keys = new Map(sections.map(({ id, templateSection }) => [id, templateSection]))
        const made = new TermFinder(editor, { keyOf: (id) => keys.get(id) ?? null, onTerms: setFound })
        stop = made.start()
        setFinder(made)
      },
      () => {},
    )
    return () => {
      gone = true
      stop()
    }
  }, [editor, sections])
  useEffect(() => finder?.show(isShown), [finder, isShown])
  return found
}

/** By keys, the card takes the focus: it is what was asked for. */
async function askAtCaret(editor: Editor, ask: (asked: AskedTerm) => void): Promise<void> {
  const { termAt } = await import('../editor/term/terms')
  const { head } = editor.state.selection
  const found = termAt(editor, head)
  if (!found) return toast({ text: 'There is no marked word of the glossary at the caret.' })
  const { node } = editor.view.domAtPos(found.from, 1)
  const element = (node instanceof Element ? node : node.parentElement)?.closest('.term')
  if (element instanceof HTMLElement) ask({ term: found.term, element, byKeys: true })
}
