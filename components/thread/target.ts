import type { AnchorAnswer } from '../../lib/api-thread'
import type { Suggestion } from '../../lib/content/suggestion/suggestion-shape'

/** What a new thread, or one that lost its place, is attached to; `proposes`: what is to be changed there. */
export type Target =
  | { readonly kind: 'text'; readonly anchor: AnchorAnswer; readonly proposes?: Suggestion }
  | {
      readonly kind: 'section'
      readonly sectionId: string
      readonly title: string
      readonly proposes?: Suggestion
    }
  | { readonly kind: 'document'; readonly proposes?: undefined }
