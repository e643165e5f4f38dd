import type { ReactNode } from 'react'
import { buttonClass } from '../ui/button-class'
import { NoticePage } from './notice-page'

/** Unknown and not shared look alike: an address tells nothing about what exists. */
export function NothingHere({ children }: { children?: ReactNode }) {
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
      {children}
    </NoticePage>
  )
}
