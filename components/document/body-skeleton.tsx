import type { ReactNode } from 'react'
import { Banner } from '../ui/banner'
import { Skeleton } from '../ui/skeleton'

const lines = ['w-full', 'w-[94%]', 'w-[97%]', 'w-[62%]']

export interface TextToComeProps {
  /** The server does not answer just now. */
  readonly unreachable: boolean
  /** How the text begins, as the server had it; null: that is not known. */
  readonly children: ReactNode
}

/** Holds the place of the text until it has come. */
export function TextToCome({ unreachable, children }: TextToComeProps) {
  return (
    <>
      {unreachable && (
        <Banner kind="info" title="The text has not come yet.">
          The server does not answer just now. The page goes on asking, and shows the text as soon as it is
          here.{children !== null && ' What stands below was saved when the page was opened.'}
        </Banner>
      )}
      {children ?? (!unreachable && <BodySkeleton />)}
    </>
  )
}

function BodySkeleton() {
  return (
    <div role="status" aria-label="The text is on its way" className="flex flex-col gap-3 pt-1">
      <Skeleton className="h-7 w-52" />
      {lines.map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
      <Skeleton className="mt-7 h-6 w-40" />
      {lines.map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  )
}
