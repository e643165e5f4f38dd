'use client'

import { NoticePage } from '../components/shell/notice-page'
import { Button } from '../components/ui/button'
import './globals.css'

/** The frame of all pages failed: this one stands alone. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Rationale</title>
        <NoticePage
          title="Rationale could not be shown"
          actions={
            <Button look="primary" onClick={() => window.location.reload()}>
              Reload
            </Button>
          }
          {...(error.digest ? { note: `For your administrator: ${error.digest}` } : {})}
        >
          <p>Something failed on the server. What was saved is safe; reload in a moment.</p>
        </NoticePage>
      </body>
    </html>
  )
}
