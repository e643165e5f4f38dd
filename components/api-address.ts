import type { RouteName, routes } from '../lib/api'

/**
 * Method and path of the routes that the browser calls, below `/api/v1`. `lib/api.ts` carries the parsers with
 * it (90 KB compressed), so a page takes its types alone; the compiler holds this table to it.
 */
export const addresses = {
  getMe: 'GET /me',
  listUsers: 'GET /users',
  listDocuments: 'GET /documents',
  createDocument: 'POST /documents',
  importDocument: 'POST /documents/import',
  getDocument: 'GET /documents/{id}',
  getNumberedDocument: 'GET /documents/numbered/{number}',
  updateDocument: 'PATCH /documents/{id}',
  deleteDocument: 'DELETE /documents/{id}',
  restoreDocument: 'POST /documents/{id}/restore',
  getContent: 'GET /documents/{id}/content',
  listSections: 'GET /documents/{id}/sections',
  updateSection: 'PATCH /documents/{id}/sections/{sectionId}',
  returnSection: 'POST /documents/{id}/sections/{sectionId}/return',
  listAttachments: 'GET /documents/{id}/attachments',
  createAttachment: 'POST /documents/{id}/attachments',
  listMembers: 'GET /documents/{id}/members',
  getMember: 'GET /documents/{id}/members/{userOrGroup}',
  putMember: 'PUT /documents/{id}/members/{userOrGroup}',
  deleteMember: 'DELETE /documents/{id}/members/{userOrGroup}',
  createTicket: 'POST /documents/{id}/ticket',
  listVersions: 'GET /documents/{id}/versions',
  createVersion: 'POST /documents/{id}/versions',
  getVersion: 'GET /versions/{id}',
  updateVersion: 'PATCH /versions/{id}',
  restoreVersion: 'POST /versions/{id}/restore',
  compareVersions: 'GET /documents/{id}/compare',
  listDecisions: 'GET /decisions',
  listTerms: 'GET /terms',
  getDecisionRecord: 'GET /documents/{id}/decisions/{blockId}',
  listNamed: 'GET /documents/{id}/named',
  listThreads: 'GET /documents/{id}/threads',
  createThread: 'POST /documents/{id}/threads',
  getThread: 'GET /threads/{id}',
  updateThread: 'PATCH /threads/{id}',
  listMentionable: 'GET /documents/{id}/mentionable',
  listWordings: 'GET /comments/{id}/wordings',
  putReaction: 'PUT /comments/{id}/reactions/{emoji}',
  deleteReaction: 'DELETE /comments/{id}/reactions/{emoji}',
  createComment: 'POST /threads/{id}/comments',
  updateComment: 'PATCH /comments/{id}',
  deleteComment: 'DELETE /comments/{id}',
  resolveThread: 'POST /threads/{id}/resolve',
  reopenThread: 'POST /threads/{id}/reopen',
  reattachThread: 'POST /threads/{id}/reattach',
  markThreadSeen: 'PUT /threads/{id}/seen',
  acceptSuggestion: 'POST /threads/{id}/accept',
  declineSuggestion: 'POST /threads/{id}/decline',
  acceptSuggestions: 'POST /documents/{id}/suggestions/accept',
  declineSuggestions: 'POST /documents/{id}/suggestions/decline',
  listReviewBriefs: 'GET /reviews',
  getReview: 'GET /documents/{id}/review',
  listStatusMoves: 'GET /documents/{id}/status-log',
  moveStatus: 'POST /documents/{id}/status',
  approveVersion: 'POST /documents/{id}/approve',
  previewReviewers: 'POST /documents/{id}/reviewers/preview',
  putReviewers: 'PUT /documents/{id}/reviewers',
  putAuthors: 'PUT /documents/{id}/authors',
  correct: 'POST /documents/{id}/corrections',
  releaseReviewer: 'POST /documents/{id}/reviewers/{personId}/release',
  stepAside: 'POST /documents/{id}/reviewers/{personId}/step-aside',
  handOver: 'POST /documents/{id}/reviewers/{personId}/hand-over',
  askAgain: 'POST /documents/{id}/ask-again',
  startReview: 'POST /documents/{id}/reviews/draft',
  repinReview: 'POST /documents/{id}/reviews/draft/pin',
  discardReview: 'DELETE /documents/{id}/reviews/draft',
  submitReview: 'POST /documents/{id}/reviews',
  markReviewSeen: 'POST /documents/{id}/reviews/seen',
  stillStands: 'POST /verdicts/{id}/still-stands',
  markConditionMet: 'POST /verdicts/{id}/conditions/{threadId}/met',
  markConditionNotMet: 'POST /verdicts/{id}/conditions/{threadId}/not-met',
  markSectionRead: 'PUT /documents/{id}/sections/{sectionId}/read',
  unmarkSectionRead: 'DELETE /documents/{id}/sections/{sectionId}/read',
  announceFinalPeriod: 'POST /documents/{id}/final-period',
  cancelFinalPeriod: 'DELETE /documents/{id}/final-period',
  getAway: 'GET /me/away',
  putAway: 'PUT /me/away',
  deleteAway: 'DELETE /me/away',
  listInbox: 'GET /inbox',
  countInbox: 'GET /inbox/count',
  readInbox: 'POST /inbox/read',
  readNotice: 'POST /inbox/{id}/read',
  finishNotice: 'POST /inbox/{id}/done',
  snoozeNotice: 'POST /inbox/{id}/snooze',
  getNoticeSettings: 'GET /me/notices',
  putNoticeSettings: 'PUT /me/notices',
  getWatch: 'GET /documents/{id}/watch',
  watchDocument: 'PUT /documents/{id}/watch',
  unwatchDocument: 'DELETE /documents/{id}/watch',
} as const satisfies {
  readonly [Name in RouteName]?: `${(typeof routes)[Name]['method']} ${(typeof routes)[Name]['path']}`
}

export type BrowserRoute = keyof typeof addresses

/**
 * The address that a call goes to.
 * @throws Error when a parameter of the path is missing: a mistake of the caller's.
 */
export function addressOf(
  name: BrowserRoute,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): { method: string; url: string } {
  const [method = 'GET', path = ''] = addresses[name].split(' ')
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key]
    if (!value) throw new Error(`The call ${name} needs {${key}} in its path.`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  return { method, url: `/api/v1${filled}${search.size > 0 ? `?${search}` : ''}` }
}
