'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import type { Person } from '../../lib/person'
import { PersonPicker } from '../access/person-picker'
import { type AnswerOf, callApi, sentenceOf } from '../call-api'
import { Avatar } from '../ui/avatar'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { IconButton } from '../ui/icon-button'
import { toast } from '../ui/toast'
import { ActDialog } from './act-dialog'
import { calendarDay, endOfDay } from './due-words'

type Away = AnswerOf<'getAway'>

export interface AwaySettingsProps {
  readonly personId: string
  /** As the server read it; null: this person is here. */
  readonly first: Away
}

/** Whether I am away, until when, and who is asked to review in my place. */
export function AwaySettings({ personId, first }: AwaySettingsProps) {
  const [away, setAway] = useState(first)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const back = async () => {
    setBusy(true)
    try {
      await callApi('deleteAway')
      setAway(null)
    } catch (error) {
      toast({ kind: 'error', text: sentenceOf(error) })
    }
    setBusy(false)
  }
  return (
    <section
      aria-label="While I am away"
      className="flex min-h-[46px] flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-m border border-line bg-paper px-4 py-2.5"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="font-[550]">While I am away</h2>
        <p role="status" className="break-words text-ink-2 text-s" suppressHydrationWarning>
          {away ? awayWords(away) : 'Somebody else can be asked for a review in your place.'}
        </p>
      </div>
      <span className="flex flex-wrap gap-1.5">
        <Button size="s" look={away ? 'quiet' : 'secondary'} onClick={() => setOpen(true)}>
          {away ? 'Change…' : 'I am away…'}
        </Button>
        {away && (
          <Button size="s" busy={busy} onClick={() => void back()}>
            I am back
          </Button>
        )}
      </span>
      {open && (
        <AwayDialog personId={personId} away={away} onSaved={setAway} onClose={() => setOpen(false)} />
      )}
    </section>
  )
}

const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

function awayWords({ until, standIn }: NonNullable<Away>): string {
  const when = until ? `You are away until ${longDay.format(new Date(until))}.` : 'You are away.'
  return `${when} ${standIn ? `${standIn.name} is asked to review in your place.` : 'Nobody is asked in your place.'}`
}

function AwayDialog(props: {
  readonly personId: string
  readonly away: Away
  readonly onSaved: (away: Away) => void
  readonly onClose: () => void
}) {
  const { personId, away, onSaved, onClose } = props
  const [day, setDay] = useState(() => (away?.until ? calendarDay(new Date(away.until)) : ''))
  const [standIn, setStandIn] = useState<Person | null>(away?.standIn ?? null)
  const end = endOfDay(day)
  return (
    <ActDialog
      title="While I am away"
      description="Whoever asks you for a review from now on asks your stand-in, and is told so beforehand. What you were asked before stays yours: hand it over on its page."
      action="Save"
      lacks={standIn || end ? null : 'Say until when you are away, or who stands in for you.'}
      onAct={async () =>
        onSaved(
          await callApi('putAway', {
            body: { until: end?.toISOString() ?? null, standInId: standIn?.id ?? null },
          }),
        )
      }
      onClose={onClose}
    >
      <div className="w-48">
        <Field
          label="Last day away (optional)"
          type="date"
          min={calendarDay(new Date())}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <span className="font-[550] text-ink-2 text-s">Stand-in (optional)</span>
        {standIn ? (
          <p className="flex min-h-9 items-center gap-2.5 text-s">
            <Avatar name={standIn.name} color={standIn.color} decorative />
            <span className="min-w-0 flex-1 truncate font-[550]">{standIn.name}</span>
            <IconButton label="Choose somebody else" size="s" onClick={() => setStandIn(null)}>
              <X size={15} aria-hidden="true" />
            </IconButton>
          </p>
        ) : (
          <PersonPicker
            label="Who stands in for me"
            placeholder="Find somebody by name"
            taken={new Set([personId])}
            onPick={setStandIn}
          />
        )}
      </div>
    </ActDialog>
  )
}
