import type { NoticeKind } from '../../lib/inbox'
import { kindWords } from '../../lib/inbox/words'
import { NoticePage } from '../shell/notice-page'
import { buttonClass } from '../ui/button-class'

export interface UnsubscribeNoticeProps {
  kind: NoticeKind | 'digest'
  /** Where the form goes. */
  action: string
  /** It is turned off. */
  done: boolean
}

/** Turns one kind of mail off, on one press; a plain form, since it has to work anywhere. */
export function UnsubscribeNotice({ kind, action, done }: UnsubscribeNoticeProps) {
  const what = kind === 'digest' ? 'the one mail of the day' : `“${kindWords[kind].name}”`
  const settings = (
    <a href="/inbox/settings" className={buttonClass()}>
      Choose what is mailed
    </a>
  )
  if (done) {
    return (
      <NoticePage title="Turned off" actions={settings}>
        You get no more mail for {what}. It still stands in your inbox in Rationale.
      </NoticePage>
    )
  }
  return (
    <NoticePage
      title="Turn this mail off?"
      actions={
        <>
          <form method="post" action={action}>
            <input type="hidden" name="from" value="page" />
            <button type="submit" className={buttonClass('primary')}>
              Turn it off
            </button>
          </form>
          {settings}
        </>
      }
    >
      You will get no more mail for {what}. What it tells stays in your inbox in Rationale; everything else is
      mailed as before.
    </NoticePage>
  )
}
