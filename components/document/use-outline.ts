import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useState } from 'react'
import type { SectionAnswer } from '../../lib/api-section'
import type { OutlineSection } from '../../lib/content/outline'
import type { PresentPerson } from '../presence/present-people'
import type { Body } from '../sync/body'
import { type OutlineRow, rowName, rowsOfAnswer, rowsOfBody, sameRows } from './outline-rows'
import { goToPerson, goToSection } from './scroll-to'
import { useCurrentSection } from './use-current-section'

export interface OutlineInput {
  /** As the server read them: what is shown until the body is there. */
  readonly sections: readonly SectionAnswer[]
  readonly body: Body | null
  readonly editor: Editor | null
  readonly outline: { readonly current: readonly OutlineSection[] }
  /** Told of each new reading of the body's headings. */
  readonly onRead: (outline: readonly OutlineSection[]) => void
}

/** The sections of the page: which there are, which one is current, and the way to each. */
export function useOutline({ sections, body, editor, outline, onRead }: OutlineInput) {
  const [rows, setRows] = useState<readonly OutlineRow[]>(() => rowsOfAnswer(sections))
  const current = useCurrentSection(editor, outline)
  const onOutline = useCallback(
    (read: readonly OutlineSection[]) => {
      onRead(read)
      const now = rowsOfBody(read)
      setRows((before) => (sameRows(before, now) ? before : now))
    },
    [onRead],
  )
  const setCurrent = current.set
  const onSection = useCallback(
    (sectionId: string | null) => {
      if (sectionId !== null) setCurrent(sectionId)
    },
    [setCurrent],
  )
  // Others see which section somebody is in, whether they write there or read.
  useEffect(() => {
    body?.awareness.setLocalStateField('sectionId', current.id)
  }, [body, current.id])

  const goTo = (sectionId: string) => {
    current.set(sectionId)
    goToSection(editor, outline.current, sectionId)
  }
  return {
    rows,
    /** To be chosen from. */
    choices: rows
      .filter((row) => row.depth > 0)
      .map((row) => ({ id: row.id, name: rowName(row), depth: row.depth })),
    current: current.id,
    onOutline,
    onSection,
    goTo,
    goToSomebody(who: PresentPerson) {
      if (!goToPerson(editor, who.clientId) && who.sectionId !== null) goTo(who.sectionId)
    },
    sectionName(id: string) {
      const row = rows.find((one) => one.id === id)
      return row ? rowName(row) : null
    },
  }
}
