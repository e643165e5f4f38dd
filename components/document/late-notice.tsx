import { Banner } from '../ui/banner'
import { Button } from '../ui/button'

export interface LateNoticeProps {
  /** Threads of the suggestions that were made. */
  readonly threadIds: readonly string[]
  readonly isLocked: boolean
  readonly onShow: (threadId: string) => void
  readonly onForget: () => void
}

/** What somebody wrote after the text was locked has become suggestions: nothing of it is lost. */
export function LateNotice({ threadIds, isLocked, onShow, onForget }: LateNoticeProps) {
  const [first] = threadIds
  if (first === undefined) return null
  const what = threadIds.length === 1 ? 'a suggestion' : `${threadIds.length} suggestions`
  return (
    <Banner
      kind="info"
      title={isLocked ? 'Your last words came after the approval.' : 'Your last words came too late.'}
      actions={
        <>
          <Button size="s" onClick={() => onShow(first)}>
            Show
          </Button>
          <Button size="s" look="quiet" onClick={onForget}>
            All right
          </Button>
        </>
      }
    >
      {isLocked
        ? `They are ${what} now, and not lost.`
        : `You may not write here any more; they are ${what} now, and not lost.`}
    </Banner>
  )
}
