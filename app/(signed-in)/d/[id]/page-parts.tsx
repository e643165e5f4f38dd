'use client'

import dynamic from 'next/dynamic'
import { BodySkeleton } from '../../../../components/document/body-skeleton'
import { lazyPart } from '../../../../components/shell/lazy-part'

/** Parts of the page that come after its first picture. */
export const EditorPane = dynamic(
  () => import('../../../../components/editor/editor-pane').then((module) => module.EditorPane),
  {
    ssr: false,
    loading: () => <BodySkeleton />,
  },
)
export const ThreadSpace = lazyPart(() =>
  import('../../../../components/thread/thread-space').then((module) => module.ThreadSpace),
)
export const loadMembers = () =>
  import('../../../../components/access/members-dialog').then((module) => module.MembersDialog)
export const MembersDialog = lazyPart(loadMembers)
