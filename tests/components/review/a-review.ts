import type { ReviewAnswer, ReviewerAnswer, VerdictAnswer } from '../../../lib/api-review'
import type { Person } from '../../../lib/person'
import type { VerdictKind } from '../../../lib/review'

const someone = (id: string, name: string): Person => ({
  id,
  name,
  email: null,
  color: '#3a7d44',
  picture: null,
})
export const ada = someone('00000000-0000-4000-8000-000000000001', 'Ada Lovelace')
export const grace = someone('00000000-0000-4000-8000-000000000002', 'Grace Hopper')
export const linus = someone('00000000-0000-4000-8000-000000000003', 'Linus Torvalds')

/** A document of Ada's in review, by nobody yet. */
export const aReview = (given: Partial<ReviewAnswer> = {}): ReviewAnswer => ({
  documentId: '00000000-0000-4000-8000-00000000000d',
  status: 'in_review',
  turn: 'reviewers',
  authors: [ada],
  reviewers: [],
  missing: [],
  readyToApprove: null,
  approved: null,
  successor: null,
  predecessors: [],
  finalPeriod: null,
  writing: [],
  unreadSections: [],
  reason: null,
  mine: { draft: null, base: null, changes: [], read: [] },
  ...given,
})

/** Required, for the whole document, and has not answered. */
export const aReviewer = (person: Person, given: Partial<ReviewerAnswer> = {}): ReviewerAnswer => ({
  person,
  required: true,
  sectionIds: null,
  dueAt: null,
  askedBy: ada,
  askedAt: '2026-11-20T09:00:00.000Z',
  state: 'asked',
  reason: null,
  passedTo: null,
  standing: 'waiting',
  verdict: null,
  changes: [],
  isAuthor: false,
  ...given,
})

const version = { id: '00000000-0000-4000-8000-0000000000bb', number: 2, hash: 'a'.repeat(64) }

export const aVerdict = (person: Person, kind: VerdictKind): VerdictAnswer => ({
  id: '00000000-0000-4000-8000-0000000000aa',
  person,
  kind,
  version,
  basis: version,
  wasNewest: true,
  body: null,
  conditions: [],
  at: '2026-11-21T09:00:00.000Z',
})
