import type { Role } from '../../lib/access'

/** What a role is called, and what it means, in the order in which it is offered. */
export const roleWords: Record<Role, { name: string; meaning: string }> = {
  owner: { name: 'Owner', meaning: 'Writes, adds people, moves to the bin' },
  editor: { name: 'Editor', meaning: 'Reads, comments and writes' },
  commenter: { name: 'Commenter', meaning: 'Reads and comments, cannot change the text' },
  viewer: { name: 'Viewer', meaning: 'Reads' },
}

/** Roles that can be given to a person, in the order in which they are offered. */
export const givenRoles = ['editor', 'commenter', 'viewer'] as const satisfies readonly Role[]

/** What everyone in the workspace can be given; null: nothing. */
export type EveryonesRole = (typeof givenRoles)[number] | null

/** One sentence on who may open a document, by what everyone in the workspace may do. */
export function whoMayOpen(everyones: EveryonesRole): string {
  switch (everyones) {
    case null:
      return 'Only the people named here can open this document.'
    case 'viewer':
      return 'Everyone who signs in here can read this document.'
    case 'commenter':
      return 'Everyone who signs in here can read this document and comment.'
    case 'editor':
      return 'Everyone who signs in here can read this document, comment and write.'
  }
}
