'use client'

import {
  ArrowDown,
  ArrowUp,
  CircleCheck,
  CircleSlash,
  MessageSquare,
  RotateCcw,
  UserRound,
} from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { sentenceOf } from '../call-api'
import { AnchoredMenu, MenuItem, MenuNote, MenuSeparator } from '../ui/menu'
import { toast } from '../ui/toast'
import { OwnerDialog } from './section-owner'
import { ReasonDialog } from './section-reason'
import { type SectionSign, signWords } from './section-signs'
import type { SectionTarget } from './section-target'
import type { Sections } from './use-sections'

export interface SectionToolsProps {
  /** Whose menu was asked for; null: none is open. */
  readonly target: SectionTarget | null
  readonly onClose: (button: HTMLElement) => void
  /** What a section is called in words. */
  readonly nameOf: (sectionId: string) => string
  readonly sections: Sections
  /** They may say what a section is. */
  readonly maySay: boolean
  /** They may write the text, and it is there. */
  readonly mayMove: boolean
  readonly steps: (sectionId: string) => { readonly up: boolean; readonly down: boolean }
  readonly onStep: (sectionId: string, direction: 'up' | 'down') => void
  /** Its threads, or a comment on it; null: they take no part in any. */
  readonly onThreads: ((sectionId: string) => void) | null
  readonly hasThreads: (sectionId: string) => boolean
  /** Further items, of those who know more of sections. */
  readonly more?: ((sectionId: string) => ReactNode) | undefined
}

/** What may be done with a section; what this person may not do is not offered. */
export function SectionTools(props: SectionToolsProps) {
  const { target, onClose, nameOf, sections, maySay, mayMove, steps, onStep, onThreads, hasThreads } = props
  // The items stay while the menu fades away.
  const [last, setLast] = useState(target)
  if (target && target !== last) setLast(target)
  /** What was chosen takes the focus, when the menu has gone too. */
  const leads = useRef(false)
  const lead = (run: () => void) => {
    leads.current = true
    run()
  }
  const givesFocusBack = () => {
    const back = !leads.current
    leads.current = false
    return back
  }
  const [asking, setAsking] = useState<{ kind: 'reason' | 'owner'; sectionId: string } | null>(null)
  const sectionId = (target ?? last)?.sectionId
  const sign = sectionId === undefined ? undefined : sections.signs.get(sectionId)
  const say = (given: Parameters<Sections['say']>[1], id: string) => {
    sections.say(id, given).catch((error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }))
  }
  return (
    <>
      {sectionId !== undefined && (
        <AnchoredMenu anchor={target?.button ?? null} onClose={onClose} givesFocusBack={givesFocusBack}>
          {sign && isTelling(sign) && <MenuNote>{signWords(sign)}</MenuNote>}
          {maySay && sign && (
            <StateItems
              sign={sign}
              onSay={(state) => say({ state }, sectionId)}
              onReason={() => lead(() => setAsking({ kind: 'reason', sectionId }))}
            />
          )}
          {maySay && (
            <MenuItem
              icon={<UserRound size={15} />}
              onSelect={() => lead(() => setAsking({ kind: 'owner', sectionId }))}
            >
              {sign?.owner ? 'Change who looks after it…' : 'Who looks after it…'}
            </MenuItem>
          )}
          {maySay && sign?.returnOf && (
            <MenuNote>A section of this name was deleted. What was said of it can be had back.</MenuNote>
          )}
          {maySay && sign?.returnOf && (
            <MenuItem
              icon={<RotateCcw size={15} />}
              onSelect={() => {
                sections
                  .giveBack(sectionId, sign.returnOf ?? '')
                  .then(() => toast({ text: 'It is the section of the template again, with its threads.' }))
                  .catch((error: unknown) => toast({ kind: 'error', text: sentenceOf(error) }))
              }}
            >
              Take the place of the deleted one
            </MenuItem>
          )}
          {onThreads && (
            <MenuItem icon={<MessageSquare size={15} />} onSelect={() => lead(() => onThreads(sectionId))}>
              {hasThreads(sectionId) ? 'Show its threads' : 'Comment on the section'}
            </MenuItem>
          )}
          {props.more?.(sectionId)}
          {mayMove && (steps(sectionId).up || steps(sectionId).down) && (
            <>
              <MenuSeparator />
              <MenuItem
                icon={<ArrowUp size={15} />}
                shortcut="Alt ↑"
                disabled={!steps(sectionId).up}
                onSelect={() => onStep(sectionId, 'up')}
              >
                Move up
              </MenuItem>
              <MenuItem
                icon={<ArrowDown size={15} />}
                shortcut="Alt ↓"
                disabled={!steps(sectionId).down}
                onSelect={() => onStep(sectionId, 'down')}
              >
                Move down
              </MenuItem>
            </>
          )}
        </AnchoredMenu>
      )}
      <ReasonDialog
        section={asking?.kind === 'reason' ? { id: asking.sectionId, name: nameOf(asking.sectionId) } : null}
        onClose={() => setAsking(null)}
        onSay={(id, notApplicableReason) =>
          sections.say(id, { state: 'not_applicable', notApplicableReason })
        }
      />
      <OwnerDialog
        section={
          asking?.kind === 'owner'
            ? {
                id: asking.sectionId,
                name: nameOf(asking.sectionId),
                owner: sections.signs.get(asking.sectionId)?.owner ?? null,
              }
            : null
        }
        onClose={() => setAsking(null)}
        onSay={(id, ownerId) => sections.say(id, { ownerId })}
      />
    </>
  )
}

/** There is more to say than that it is being written. */
const isTelling = ({ state, owner }: SectionSign): boolean =>
  owner !== null || state === 'ready' || state === 'changed_since_ready' || state === 'not_applicable'

function StateItems(props: {
  readonly sign: SectionSign
  readonly onSay: (state: 'ready' | 'writing') => void
  readonly onReason: () => void
}) {
  const { state, holds } = props.sign
  if (holds) return null
  const again = state === 'changed_since_ready'
  return (
    <>
      {state === 'ready' || state === 'not_applicable' ? (
        <MenuItem icon={<RotateCcw size={15} />} onSelect={() => props.onSay('writing')}>
          {state === 'ready' ? 'Not ready after all' : 'It does apply'}
        </MenuItem>
      ) : (
        <MenuItem
          icon={<CircleCheck size={15} />}
          disabled={state === 'empty'}
          onSelect={() => props.onSay('ready')}
        >
          {again ? 'Ready as it is now' : 'Ready'}
        </MenuItem>
      )}
      {state !== 'not_applicable' && (
        <MenuItem icon={<CircleSlash size={15} />} onSelect={props.onReason}>
          Does not apply because…
        </MenuItem>
      )}
    </>
  )
}
