'use client'

import { CallError, sentenceOf } from '../call-api'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { buttonClass } from '../ui/button-class'

export interface FetchErrorProps {
  error: unknown
  /** What could not be shown, as the subject of a sentence: *The list*. */
  what: string
  onRetry: () => void
}

/** Something did not come: what happened, and what to do, which after an ended sign-in is to sign in. */
export function FetchError({ error, what, onRetry }: FetchErrorProps) {
  const code = error instanceof CallError ? error.code : null
  const requestId = error instanceof CallError ? error.requestId : null
  return (
    <Banner
      kind={code === 'unauthenticated' ? 'warning' : 'error'}
      title={code === 'unauthenticated' ? '' : `${what} could not be renewed.`}
      actions={
        code === 'unauthenticated' ? (
          <a className={buttonClass('primary', 's')} href={signInAddress()}>
            Sign in
          </a>
        ) : (
          <Button size="s" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {sentenceOf(error)}
      {requestId && code === 'internal' && <span className="text-ink-2"> Request {requestId}.</span>}
    </Banner>
  )
}

const signInAddress = () =>
  typeof location === 'undefined'
    ? '/sign-in'
    : `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`
