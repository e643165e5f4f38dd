import type { Role } from '../../lib/access'

/** What a role is called, and what it means, in the order in which it is offered. */
export const roleWords: Record<Role, { name: string; meaning: string }> = {
  owner: { name: 'Owner', meaning: 'Writes, adds people, moves to the bin' },
  editor: { name: 'Editor', meaning: 'Reads and writes' },
  commenter: { name: 'Commenter', meaning: 'Reads and comments' },
  viewer: { name: 'Viewer', meaning: 'Reads' },
}
