import { Skeleton } from '../ui/skeleton'

const lines = ['w-full', 'w-[94%]', 'w-[97%]', 'w-[62%]']

/** Holds the place of the text until it has come. */
export function BodySkeleton() {
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
