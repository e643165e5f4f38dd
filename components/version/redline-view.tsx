'use client'

export interface RedlineViewProps {
  readonly documentId: string
  /** A version's id. */
  readonly from: string
  /** A version's id, or `head`: the text as it is saved now. */
  readonly to: string
  /** Only these sections, by heading id. Default: all of them. */
  readonly sectionIds?: readonly string[] | undefined
}

/** How one text became another. */
export function RedlineView({ from, to }: RedlineViewProps) {
  return (
    <p className="text-ink-3 text-s" data-redline={`${from} ${to}`}>
      The comparison is being drawn.
    </p>
  )
}
