'use client'

import { lazy, Suspense } from 'react'
import type { EditorPaneProps } from '../../../../components/editor/editor-pane'
import { lazyPart } from '../../../../components/shell/lazy-part'

/** Parts of the page that come after its first picture. */
export const loadEditor = () =>
  import('../../../../components/editor/editor-pane').then((module) => ({ default: module.EditorPane }))
const LoadedEditor = lazy(loadEditor)
export function EditorPane(props: EditorPaneProps) {
  return (
    <Suspense>
      <LoadedEditor {...props} />
    </Suspense>
  )
}
export const ThreadSpace = lazyPart(() =>
  import('../../../../components/thread/thread-space').then((module) => module.ThreadSpace),
)
/** Said where there is something to say, which is seldom. */
export const KeptTexts = lazyPart(() =>
  import('../../../../components/document/left-words').then((module) => module.KeptTexts),
)
export const LateWords = lazyPart(() =>
  import('../../../../components/document/left-words').then((module) => module.LateWords),
)
/** Items of menus, which are fetched with those. */
export const WatchItem = lazyPart(() =>
  import('../../../../components/inbox/watch-item').then((module) => module.WatchItem),
)
export const ReadItem = lazyPart(() =>
  import('../../../../components/review/read-item').then((module) => module.ReadItem),
)
export const loadMembers = () =>
  import('../../../../components/access/members-dialog').then((module) => module.MembersDialog)
export const MembersDialog = lazyPart(loadMembers)
export const Together = lazyPart(() =>
  import('../../../../components/document/together').then((module) => module.Together),
)
