'use client'

import { FetchError } from '../shell/fetch-error'
import { Skeleton } from '../ui/skeleton'
import './redline.css'
import { Block } from './redline-block'
import { keyOf } from './redline-folds'
import type { Names } from './redline-pieces'
import { useComparison } from './use-comparison'

/** What a version says, as the document draws it: it beside itself. */
export function VersionText({ documentId, versionId }: { documentId: string; versionId: string }) {
  const comparison = useComparison(documentId, versionId, versionId)
  if (comparison.isPending) {
    return (
      <div role="status" aria-label="Reading" className="flex flex-col gap-3 py-3">
        <Skeleton className="h-7 w-2/3" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-16 w-full" />
      </div>
    )
  }
  if (!comparison.data) {
    return (
      <FetchError error={comparison.error} what="The version" onRetry={() => void comparison.refetch()} />
    )
  }
  return (
    <div className="body redline" data-reading>
      {comparison.data.sections.flatMap(({ blocks, number }) =>
        blocks.map((block) => (
          <Block key={keyOf(block)} block={block} names={nobody} rank={rankOf(number)} />
        )),
      )}
    </div>
  )
}

/** Below the name of the version, and by its depth: levels as written may skip one. @param number such as `2.1` */
const rankOf = (number: string): number => Math.min(6, 2 + number.split('.').length)

const nobody: Names = new Map()
