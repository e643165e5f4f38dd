import { Check, RefreshCw, Slash } from 'lucide-react'
import { Fragment } from 'react'
import type { PresentPerson } from '../presence/present-people'
import { Avatar } from '../ui/avatar'
import type { ThreadCount } from './outline-rows'
import { type SectionSign, signWords } from './section-signs'

export interface OutlineSignProps {
  readonly people: readonly PresentPerson[]
  readonly count: ThreadCount | undefined
  readonly empty: boolean
  readonly sign: SectionSign | undefined
}

/** At most one: something blocking, else somebody there, else open threads, else the section's state. */
export function OutlineSign({ people, empty, count, sign }: OutlineSignProps) {
  if (count && count.blocking > 0) {
    return (
      <span className="shrink-0 self-center rounded-full bg-blocking-soft px-1.5 font-[560] text-blocking text-xs tabular-nums">
        {count.blocking}
        <span className="sr-only"> to be resolved</span>
      </span>
    )
  }
  if (people.length > 0) return <People people={people} />
  if (count && count.open > 0) {
    return (
      <span className="shrink-0 self-center text-ink-3 text-xs tabular-nums">
        {count.open}
        <span className="sr-only"> open threads</span>
      </span>
    )
  }
  return <State empty={empty} sign={sign} />
}

function People({ people }: { people: readonly PresentPerson[] }) {
  // Who writes is shown before who reads.
  const first = people.toSorted((a, b) => Number(b.hasCaret) - Number(a.hasCaret))
  return (
    <span className="-my-0.5 flex shrink-0 self-center">
      {first.slice(0, 2).map((person) => (
        <Fragment key={person.personId}>
          <Avatar name={person.name} color={person.color} size="xs" className="-ml-1 first:ml-0" decorative />
          <span className="sr-only">{`, ${person.name} ${person.hasCaret ? 'writes here' : 'is here'}`}</span>
        </Fragment>
      ))}
      {first.length > 2 && <span className="ml-1 text-ink-3 text-xs">+{first.length - 2}</span>}
    </span>
  )
}

function State({ empty, sign }: { empty: boolean; sign: SectionSign | undefined }) {
  // Of a heading that was just written nothing is known yet.
  const state = sign ? sign.state : empty ? 'empty' : 'writing'
  if (state === 'writing') return null
  const words = sign ? signWords(sign) : 'Empty'
  return (
    <span className="shrink-0 self-center" title={words}>
      {state === 'empty' && (
        <span
          aria-hidden="true"
          className="block size-[9px] rounded-full border-[1.5px] border-ink-4 border-dashed"
        />
      )}
      {state === 'ready' && (
        <Check size={13} strokeWidth={2.4} className="text-approved" aria-hidden="true" />
      )}
      {state === 'changed_since_ready' && (
        <RefreshCw size={12} strokeWidth={2.2} className="text-review" aria-hidden="true" />
      )}
      {state === 'not_applicable' && <Slash size={12} className="text-ink-4" aria-hidden="true" />}
      <span className="sr-only">{`, ${words}`}</span>
    </span>
  )
}
