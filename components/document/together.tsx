import { ChangeAnnouncer } from '../presence/change-announcer'
import { FollowSign } from '../presence/follow-sign'
import type { Follow } from '../presence/use-follow'
import type { Body } from '../sync/body'
import { MoveQuestionDialog } from './move-question'
import type { MoveQuestion } from './use-section-moves'

export interface TogetherProps {
  readonly body: Body
  readonly personId: string
  readonly section: string | null
  readonly sectionName: (id: string) => string | null
  readonly follow: Follow
  readonly question: MoveQuestion | null
}

/** What a page says and asks of others who are here. Fetched with the body: without it nobody is. */
export function Together({ body, personId, section, sectionName, follow, question }: TogetherProps) {
  return (
    <>
      <ChangeAnnouncer {...{ body, personId, section, sectionName }} />
      <FollowSign follow={follow} />
      <MoveQuestionDialog question={question} />
    </>
  )
}
