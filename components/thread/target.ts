import type { AnchorAnswer } from '../../lib/api-thread'

/** What a new thread, or one that lost its place, is attached to. */
export type Target =
  | { readonly kind: 'text'; readonly anchor: AnchorAnswer }
  | { readonly kind: 'section'; readonly sectionId: string; readonly title: string }
  | { readonly kind: 'document' }
