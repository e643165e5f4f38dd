/**
 * Who may do what: the one table. The one judge that feeds it is `server/access/resolve.ts`.
 *
 * Pure: a role, the scope of the credential, and the phase of the document go in; abilities come out. It
 * knows no document; whoever asks maps a document to its phase.
 */

/** A person's role on one document, strongest first. */
export const roles = ['owner', 'editor', 'commenter', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What a credential may be used for at most, weakest first. A browser session has `admin`. */
export const scopes = ['read', 'comment', 'write', 'admin'] as const
export type Scope = (typeof scopes)[number]

/**
 * The phase a document is in, as far as access is concerned: `open` may be written, `locked` is approved or
 * ended text that nobody writes, `binned` waits in the bin.
 */
export const phases = ['open', 'locked', 'binned'] as const
export type Phase = (typeof phases)[number]

export const abilities = [
  /** See the document, its sections, its members, and who is in it. */
  'read',
  /** Take part in threads; resolve one's own. */
  'comment',
  /** Resolve anybody's threads, raise blocking ones. */
  'resolve',
  /** Overrule a blocking thread, promote a concern. */
  'overrule',
  /** Change the body; accept suggestions; put an earlier version back. */
  'write',
  /** Give a verdict, when asked to review. */
  'vote',
  /** Ask for a review, name reviewers, move the status. */
  'ask_review',
  /** Keep the text as a version, and name versions. */
  'keep_versions',
  /** Change title and section states. */
  'edit_properties',
  /** Add and remove people, change their roles. */
  'share',
  /** Move to the bin. */
  'delete',
  /** Take out of the bin. */
  'restore',
] as const
export type Ability = (typeof abilities)[number]

const byRole: Record<Role, readonly Ability[]> = {
  viewer: ['read'],
  commenter: ['read', 'comment', 'vote'],
  editor: ['read', 'comment', 'vote', 'resolve', 'write', 'ask_review', 'keep_versions', 'edit_properties'],
  owner: abilities,
}

const byScope: Record<Scope, readonly Ability[]> = {
  read: ['read'],
  comment: ['read', 'comment', 'vote', 'resolve', 'overrule'],
  write: abilities.filter((ability) => ability !== 'share'),
  admin: abilities,
}

const byPhase: Record<Phase, readonly Ability[]> = {
  open: abilities.filter((ability) => ability !== 'restore'),
  locked: abilities.filter((ability) => ability !== 'restore' && ability !== 'write'),
  binned: ['read', 'restore'],
}

/** What is allowed: the meet of role, scope and phase. No role, no ability. */
export function abilitiesOf(input: { role: Role | null; scope: Scope; phase: Phase }): ReadonlySet<Ability> {
  const { role, scope, phase } = input
  if (role === null) return none
  // Somebody else's document in the bin is gone for everyone but its owner.
  if (phase === 'binned' && role !== 'owner') return none
  const key = `${role} ${scope} ${phase}`
  let abilities = known.get(key)
  if (abilities === undefined) {
    abilities = new Set(byRole[role].filter((a) => byScope[scope].includes(a) && byPhase[phase].includes(a)))
    known.set(key, abilities)
  }
  return abilities
}

/** Each is made once: every open socket keeps one. */
const known = new Map<string, ReadonlySet<Ability>>()
const none: ReadonlySet<Ability> = new Set()

/** True when `scope` covers everything that `needed` covers. */
export const scopeCovers = (scope: Scope, needed: Scope): boolean =>
  scopes.indexOf(scope) >= scopes.indexOf(needed)
