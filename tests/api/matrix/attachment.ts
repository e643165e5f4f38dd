import { createAttachment, picture } from '../attachment-story'
import type { Matrix } from './on-document'

export const onAttachments: Matrix = {
  listAttachments: { ability: 'read' },
  createAttachment: {
    ability: 'write',
    input: () => ({ raw: { type: 'image/png', data: picture({ width: 3, height: 2 }) } }),
    query: async () => ({ name: 'a picture.png' }),
  },
  getAttachment: { ability: 'read', id: (world, { documentId }) => createAttachment(world, documentId) },
}
