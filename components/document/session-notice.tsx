import type { SessionState } from '../sync/session-state'
import { openSignInWindow } from '../sync/sign-in-window'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'

export interface SessionNoticeProps {
  readonly state: SessionState
  /** True where the person may not write but their role would let them: the document waits in the bin. */
  readonly binned: boolean
  readonly canRestore: boolean
  readonly onRestore: () => void
  readonly onReload: () => void
}

/** What has happened to the connection while the text stays readable. */
export function SessionNotice({ state, binned, canRestore, onRestore, onReload }: SessionNoticeProps) {
  if (state.kind === 'signed_out') {
    return (
      <Banner
        kind="warning"
        title="Your sign-in has ended."
        actions={
          <Button size="s" look="primary" onClick={openSignInWindow}>
            Sign in again
          </Button>
        }
      >
        Go on writing: it is kept here, and sent once you have signed in.
      </Banner>
    )
  }
  if (state.kind === 'outdated') {
    return (
      <Banner
        kind="warning"
        title="Rationale has been updated."
        actions={
          <Button size="s" look="primary" onClick={onReload}>
            Reload
          </Button>
        }
      >
        Reload the page to go on. What you wrote is kept.
      </Banner>
    )
  }
  if (binned) {
    return (
      <Banner
        kind="warning"
        title="This document is in the bin."
        actions={
          canRestore && (
            <Button size="s" onClick={onRestore}>
              Take it out
            </Button>
          )
        }
      >
        Nobody else sees it, and nobody can write in it.
      </Banner>
    )
  }
  return null
}
