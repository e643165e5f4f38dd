import { answerFor, onSection, returnSection } from '../../../../../../../../server/document/section'
import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { withThreadsOf } from '../../../../../../../../server/thread/counts'
import { moveSectionThreads } from '../../../../../../../../server/thread/section-return'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'returnSection',
    'edit_properties',
    async ({ db, principal, access, params, body }) => {
      const moved = { sectionId: params.sectionId, from: body.from }
      await returnSection(db, access, moved)
      await moveSectionThreads(db, access, moved)
      return withThreadsOf(db, principal, access, await answerFor(db, access, params.sectionId))
    },
    onSection,
  ),
)
