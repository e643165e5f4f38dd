import type { SessionState } from '../sync/session-state'
import { openSignInWindow } from '../sync/sign-in-window'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'

export interface SessionNoticeProps {
  readonly state: SessionState
  readonly onReload: () => void
}

/**
 * What has happened to the connection while somebody may be typing: at the foot of the window, where it is seen
 * from wherever they are and moves nothing.
 */
export function SessionNotice({ state, onReload }: SessionNoticeProps) {
  const notice = noticeOf(state, onReload)
  if (!notice) return null
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-4 z-20 flex justify-center px-4 max-[760px]:bottom-16 print:hidden">
      <div className="pointer-events-auto w-full max-w-[34rem] rounded-m shadow-float">
        <Banner
          kind="warning"
          title={notice.title}
          actions={
            <Button size="s" look="primary" onClick={notice.run}>
              {notice.action}
            </Button>
          }
        >
          {notice.text}
        </Banner>
      </div>
    </div>
  )
}

function noticeOf(state: SessionState, onReload: () => void) {
  switch (state.kind) {
    case 'signed_out':
      return {
        title: 'Your sign-in has ended.',
        text: 'Go on writing: it is kept here, and sent once you have signed in.',
        action: 'Sign in again',
        run: openSignInWindow,
      }
    case 'outdated':
      return {
        title: 'Rationale has been updated.',
        text: 'Reload the page to go on. What you wrote is kept.',
        action: 'Reload',
        run: onReload,
      }
    default:
      return null
  }
}
