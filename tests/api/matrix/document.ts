import type { Matrix } from './on-document'

export const onDocuments: Matrix = {
  getDocument: { ability: 'read' },
  updateDocument: { ability: 'edit_properties', input: () => ({ body: { title: 'Another title' } }) },
  deleteDocument: { ability: 'delete' },
  restoreDocument: { ability: 'restore' },
  getContent: { ability: 'read' },
  listSections: { ability: 'read' },
  listMembers: { ability: 'read' },
  getMember: { ability: 'read', input: ({ ids }) => ({ params: { userOrGroup: ids.edsger } }) },
  putMember: {
    ability: 'share',
    input: ({ ids }) => ({ params: { userOrGroup: ids.edsger }, body: { role: 'viewer' } }),
  },
  deleteMember: { ability: 'share', input: ({ ids }) => ({ params: { userOrGroup: ids.edsger } }) },
  createTicket: { ability: 'read' },
}
