import type { BodyCondition } from '../../lib/live'
import { Banner } from '../ui/banner'

/** What everybody in a document should know of how its text is stored. */
export function ConditionNotice({ condition }: { condition: BodyCondition }) {
  const { limitBytes } = condition
  const limit =
    limitBytes < 1_000_000
      ? `${Math.round(limitBytes / 1_000)} KB`
      : `${Math.round(limitBytes / 1_000_000)} MB`
  return (
    <>
      {condition.damaged && (
        <Banner kind="warning" title="A stored copy of this document was damaged.">
          Its text was put together again from the log of all edits: nothing is missing, and you can go on.
          Tell whoever runs this server; its disk may be failing.
        </Banner>
      )}
      {condition.size === 'large' && (
        <Banner kind="info" title="This document is very large.">
          From {limit} on it can only be read. Move parts of it to documents of their own in good time.
        </Banner>
      )}
      {condition.size === 'full' && (
        <Banner kind="warning" title="This document is full.">
          It has reached {limit} and can only be read; nothing of it is lost. Go on in a new document.
        </Banner>
      )}
    </>
  )
}
