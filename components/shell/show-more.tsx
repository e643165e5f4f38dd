import { Button } from '../ui/button'
import { classes } from '../ui/classes'

export interface ShowMoreProps {
  /** A list that is read page by page. */
  readonly list: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
  /** Distances. Default: none. */
  readonly className?: string
}

/** Under a list of which there is more. */
export function ShowMore({ list, className }: ShowMoreProps) {
  if (!list.hasNextPage) return null
  return (
    <div className={classes('text-center', className)}>
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Show more
      </Button>
    </div>
  )
}
