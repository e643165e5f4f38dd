import { useEffect, useRef } from 'react'
import type { VerdictAnswer } from '../../lib/api-review'
import { Button } from '../ui/button'
import { VersionText } from '../version/version-text'

export interface PinnedViewProps {
  readonly documentId: string
  /** What the review is pinned to. */
  readonly version: VerdictAnswer['version']
  readonly onClose: () => void
}

/** The text that a review is pinned to, as it was, in place of the text as it is now. */
export function PinnedView({ documentId, version, onClose }: PinnedViewProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // What had the focus is beneath it: whoever reads by keyboard goes on here.
  useEffect(() => heading.current?.focus(), [])
  return (
    <section aria-label={`Version ${version.number}`} className="mb-10">
      <div className="sticky top-[52px] z-10 mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b bg-paper py-2 text-s">
        <div className="min-w-0 flex-1 basis-56">
          <h2 ref={heading} tabIndex={-1} className="font-[600] text-ink outline-none">
            Version {version.number}, as you began your review
          </h2>
          <p className="text-ink-3 text-xs">
            Nobody changes it any more. You comment on the text as it is now.
          </p>
        </div>
        <Button size="s" onClick={onClose}>
          Back to the text as it is now
        </Button>
      </div>
      <VersionText documentId={documentId} versionId={version.id} />
    </section>
  )
}
