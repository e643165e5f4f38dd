import { onSection, updateSection } from '../../../../../../../server/document/section'
import { change } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { withThreadsOf } from '../../../../../../../server/thread/counts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'updateSection',
    'edit_properties',
    async ({ db, principal, access, params, body, now }) => {
      const section = await updateSection(db, principal, access, {
        sectionId: params.sectionId,
        ...body,
        now,
      })
      return withThreadsOf(db, principal, access, section)
    },
    onSection,
  ),
)
