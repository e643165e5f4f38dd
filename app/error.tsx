'use client'

import { NoticePage } from '../components/shell/notice-page'
import { Button } from '../components/ui/button'
import { buttonClass } from '../components/ui/button-class'

/** A page failed. `digest` is the name under which the server's log has the reason. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <NoticePage
      title="This page could not be shown"
      actions={
        <>
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
          <a href="/" className={buttonClass()}>
            Go to documents
          </a>
        </>
      }
      {...(error.digest ? { note: `For your administrator: ${error.digest}` } : {})}
    >
      <p>
        Something failed while it was being put together. What was saved is safe, and what you typed is kept
        on this device.
      </p>
    </NoticePage>
  )
}
