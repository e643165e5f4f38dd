import * as Y from 'yjs'
import { type Anchor, placeOf, resolveAnchor } from '../../lib/content/anchor'
import { outlineOf, sectionAt } from '../../lib/content/outline'
import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { loadCovering } from '../document/clock'

/** The saved text of a document, as far as threads need it. */
export interface Located {
  /** Where an anchor's words are: the heading id of their section; null: detached. */
  find(anchor: Anchor): { readonly sectionId: string; readonly text: string } | null
  /** The title of a section; null: there is no such section. */
  titleOf(sectionId: string): string | null
  readonly place: ReturnType<typeof placeOf>
  readonly doc: Y.Doc
}

/** @param clock `X-Document-Clock`: what the text must contain at least. */
export async function locate(
  db: Queryable,
  documentId: DocumentId,
  clock: string | null = null,
): Promise<Located> {
  const doc = new Y.Doc({ gc: false })
  Y.applyUpdate(doc, await loadCovering(db, documentId, clock))
  const place = placeOf(doc.getXmlFragment('content'))
  const outline = outlineOf(place.doc)
  return {
    doc,
    place,
    find(anchor) {
      const range = resolveAnchor(place, anchor)
      if (!range) return null
      return {
        sectionId: sectionAt(outline, range.from)?.id ?? 'preamble',
        text: place.doc.textBetween(range.from, range.to, '\n', '\n'),
      }
    },
    titleOf: (sectionId) => outline.find((section) => section.id === sectionId)?.title ?? null,
  }
}
