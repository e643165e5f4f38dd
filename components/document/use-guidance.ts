import { useEffect, useMemo, useState } from 'react'
import type { SectionAnswer } from '../../lib/api-section'
import { callApi } from '../call-api'
import { readAll } from '../read-all'
import type { DocumentSession } from '../sync/document-session'

export interface GuidanceInput {
  readonly documentId: string
  /** As the server read them when it made the page. */
  readonly sections: readonly SectionAnswer[]
  /** Advice by the key of a template's section. */
  readonly advice: Readonly<Record<string, string>>
  readonly session: DocumentSession | null
}

/** Advice by the heading's block id, read anew when the server says that it has changed. */
export function useGuidance({
  documentId,
  sections: given,
  advice,
  session,
}: GuidanceInput): ReadonlyMap<string, string> {
  const [sections, setSections] = useState(given)
  useEffect(
    () =>
      session?.onLive((event) => {
        if (event.type !== 'sections.changed') return
        readAll((query) => callApi('listSections', { params: { id: documentId }, query })).then(
          setSections,
          // The advice drawn until now stays; the next event or reload asks again.
          () => {},
        )
      }),
    [session, documentId],
  )
  return useMemo(() => {
    const byHeading = new Map<string, string>()
    for (const { id, templateSection } of sections) {
      const text = templateSection === null ? undefined : advice[templateSection]
      if (text !== undefined) byHeading.set(id, text)
    }
    return byHeading
  }, [sections, advice])
}
