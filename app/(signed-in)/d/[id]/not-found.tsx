import type { Metadata } from 'next'
import { LeftBehindWords } from '../../../../components/document/left-behind-words'
import { NoticePage } from '../../../../components/shell/notice-page'
import { buttonClass } from '../../../../components/ui/button-class'

export const metadata: Metadata = { title: 'Nothing here' }

/** Unknown and not shared look alike; only own words, kept on this device, may say otherwise to their author. */
export default function NotFound() {
  return (
    <NoticePage
      title="There is nothing here"
      actions={
        <a href="/" className={buttonClass('primary')}>
          Go to documents
        </a>
      }
    >
      <p>
        The address may be mistyped, or it belongs to a document that is not shared with you. If somebody sent
        it to you, ask them to add you under <em>People and roles</em>.
      </p>
      <LeftBehindWords />
    </NoticePage>
  )
}
