import * as Y from 'yjs'
import { type Anchor, placeOf, resolveAnchor } from '../../lib/content/anchor/anchor'
import type { Range } from '../../lib/content/anchor/anchor-index'
import { outlineOf, sectionAt } from '../../lib/content/outline'
import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { loadCovering, markOf } from '../document/clock'

/** The saved text of a document, as far as threads need it. */
export interface Located {
  /** Where an anchor's words are: the heading id of their section; null: detached. */
  find(anchor: Anchor): { readonly sectionId: string; readonly text: string } | null
  /** The same as positions in `place.doc`. */
  range(anchor: Anchor): Range | null
  /** The title of a section; null: there is no such section. */
  titleOf(sectionId: string): string | null
  readonly place: ReturnType<typeof placeOf>
  readonly doc: Y.Doc
}

/** How many texts are kept as they were last read, and how long one may be, in positions. */
const keptMax = { texts: 4, positions: 500_000 } as const

/** By document, the one that was asked for last at the end. */
const kept = new Map<DocumentId, { readonly mark: string; readonly located: Promise<Located> }>()

/**
 * Reading a text takes a tenth of a second for a long one, in which nobody else is answered; and when a thread
 * changes, all who have the document open ask for it at the same moment. So the last few are kept, for as long as
 * nothing is added to them.
 *
 * @param clock `X-Document-Clock`: what the text must contain at least.
 */
export async function locate(
  db: Queryable,
  documentId: DocumentId,
  clock: string | null = null,
): Promise<Located> {
  if (clock !== null) return locatedIn(await loadCovering(db, documentId, clock))
  const mark = await markOf(db, documentId)
  const known = kept.get(documentId)
  kept.delete(documentId)
  if (known?.mark === mark) {
    kept.set(documentId, known)
    return known.located
  }
  const located = loadCovering(db, documentId, null).then(locatedIn)
  kept.set(documentId, { mark, located })
  for (const oldest of kept.keys()) {
    if (kept.size <= keptMax.texts) break
    kept.delete(oldest)
  }
  const forget = () => {
    if (kept.get(documentId)?.located === located) kept.delete(documentId)
  }
  located.then(({ place }) => place.doc.content.size > keptMax.positions && forget(), forget)
  return located
}

function locatedIn(update: Uint8Array): Located {
  const doc = new Y.Doc({ gc: false })
  Y.applyUpdate(doc, update)
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
    range: (anchor) => resolveAnchor(place, anchor),
    titleOf: (sectionId) => outline.find((section) => section.id === sectionId)?.title ?? null,
  }
}
