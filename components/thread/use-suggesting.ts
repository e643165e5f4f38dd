import { useCallback, useMemo, useState } from 'react'
import type { Ability } from '../../lib/access'
import type { Made } from '../../lib/content/suggestion/suggestion-make'
import { sentenceOf } from '../call-api'
import type { DrawnSuggestion } from '../editor/suggest/suggest-marks'
import { toast } from '../ui/toast'
import { nothingTyped } from './drafts'
import type { Threads } from './use-threads'

/** The *Suggesting* switch of this page, and what comes of typing while it is on. */
export function useSuggesting(input: {
  readonly threads: Threads
  readonly personId: string
  readonly abilities: ReadonlySet<Ability>
}) {
  const { threads, personId, abilities } = input
  const { list, actions } = threads
  const [wanted, setWanted] = useState(false)
  const mayComment = abilities.has('comment')
  const mayWrite = abilities.has('write')
  const own = useMemo(
    () =>
      list.flatMap(({ id, anchor, author, suggestion }): DrawnSuggestion[] =>
        suggestion?.state === 'open' && !suggestion.stale && author.id === personId
          ? [{ id, anchor, suggestion }]
          : [],
      ),
    [list, personId],
  )
  const propose = useCallback(
    async (made: readonly Made[], instead: readonly string[]): Promise<boolean> => {
      try {
        const started: string[] = []
        for (const { anchor, suggestion: proposes } of made) {
          const target = anchor
            ? { kind: 'text' as const, anchor, proposes }
            : { kind: 'section' as const, sectionId: '', title: '', proposes }
          const thread = await actions.start(target, { kind: 'comment', body: '' }, nothingTyped)
          started.push(thread.id)
        }
        for (const id of instead) await actions.decline(id, null)
        const takeBack = async () => {
          for (const id of started) await actions.decline(id, null)
        }
        toast({
          text: made.length === 0 ? 'Your suggestion is taken back.' : 'Suggested.',
          ...(started.length > 0
            ? { action: { text: 'Take back', run: () => void takeBack().catch(fail) } }
            : {}),
        })
        return true
      } catch (error) {
        fail(error)
        return false
      }
    },
    [actions],
  )
  return {
    /** What is typed is proposed: by choice, or since this person may not write. */
    suggesting: mayComment && (wanted || !mayWrite),
    /** Turns it on and off; null: this person has no choice. */
    choose: mayComment && mayWrite ? setWanted : null,
    own,
    propose,
  }
}

const fail = (error: unknown) => toast({ kind: 'error', text: sentenceOf(error) })
