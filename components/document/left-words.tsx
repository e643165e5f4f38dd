import { phaseOf } from '../../lib/document'
import type { DocumentSession } from '../sync/document-session'
import { forgetText } from '../sync/kept-texts'
import { KeptWords } from './kept-words'
import { LateNotice } from './late-notice'
import type { PageView } from './page-view'

interface LeftWordsProps {
  readonly view: PageView
  readonly session: DocumentSession | null
}

/** Texts of this person's that could not be saved, if there are any. */
export function KeptTexts({ view, session }: LeftWordsProps) {
  if (view.kept.length === 0) return null
  return (
    <KeptWords
      texts={view.kept}
      onForget={(id) => {
        session?.forgetKept(id)
        void forgetText(id)
      }}
    />
  )
}

/** What of their words became suggestions because it came after the lock. @param onShow opens such a thread. */
export function LateWords({
  view,
  session,
  onShow,
}: LeftWordsProps & { readonly onShow: (threadId: string) => void }) {
  return (
    <LateNotice
      threadIds={view.late}
      isLocked={phaseOf({ status: view.document.status, binned: false }) === 'locked'}
      onShow={onShow}
      onForget={() => session?.forgetLate()}
    />
  )
}
