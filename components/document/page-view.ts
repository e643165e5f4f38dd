import type { SessionView } from '../sync/document-session'

/** What the page is drawn from: all of a session but where the words are, which changes twice with every key. */
export type PageView = Omit<SessionView, 'saved'>

/** @param before what it was drawn from last; the same object again where nothing else changed. */
export function pageView({ saved: _, ...now }: SessionView, before: PageView | null): PageView {
  const same =
    before !== null && (Object.keys(now) as (keyof PageView)[]).every((key) => now[key] === before[key])
  return same ? before : now
}
