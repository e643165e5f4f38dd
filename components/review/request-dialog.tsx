import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import type { Ability } from '../../lib/access'
import type { ReviewAnswer } from '../../lib/api-review'
import { PersonPicker } from '../access/person-picker'
import { useMembers } from '../access/use-members'
import { callApi, sentenceOf } from '../call-api'
import { Avatar } from '../ui/avatar'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { IconButton } from '../ui/icon-button'
import { Select } from '../ui/select'
import { calendarDay } from './due-words'
import { previewWords } from './review-words'
import { ScopeMenu, type ScopeMenuProps } from './scope-menu'
import type { ReviewActions } from './use-review-actions'
import { asked, dayOf, type Wanted, wantedOf } from './wanted'

export interface RequestDialogProps {
  readonly documentId: string
  readonly review: ReviewAnswer
  readonly actions: ReviewActions
  readonly abilities: ReadonlySet<Ability>
  readonly sections: ScopeMenuProps['sections']
  readonly onClose: () => void
}

/** Asks people for a review, or changes who is asked: who, by when; for which sections under *More*. */
export function RequestDialog(props: RequestDialogProps) {
  const { documentId, review, actions, abilities, sections, onClose } = props
  const isFirst = review.status !== 'in_review'
  const form = useId()
  const field = useRef<HTMLInputElement>(null)
  const [list, setList] = useState<readonly Wanted[]>(() => wantedOf(review))
  const [day, setDay] = useState(() => dayOf(review))
  const [more, setMore] = useState(() => list.some(({ sectionIds }) => sectionIds !== null))
  const [opens, setOpens] = useState(true)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const members = useMembers(documentId, isFirst && abilities.has('share'))
  const closedToMost =
    isFirst && abilities.has('share') && members.query.data && members.everyonesRole === null

  const change = (id: string, part: Partial<Wanted>) =>
    setList(list.map((one) => (one.person.id === id ? { ...one, ...part } : one)))
  const told = list.filter((one) => !one.asked).map(({ person }) => person.id)
  const preview = useQuery({
    queryKey: ['review-preview', documentId, ...told],
    enabled: told.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      callApi('previewReviewers', { params: { id: documentId }, body: { personIds: told }, signal }),
  })
  const beforehand = told.length > 0 && preview.data ? previewWords(preview.data.items, told) : []

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (list.length === 0) {
      setWrong('Add at least one person.')
      field.current?.focus()
      return
    }
    setBusy(true)
    setWrong(null)
    try {
      if (closedToMost && opens) await members.setEveryone('commenter')
      await actions.ask(asked(list, day))
      if (isFirst) await actions.move({ to: 'in_review' })
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      locked={busy}
      initialFocus={field}
      title={isFirst ? 'Request review' : 'Who is asked to review'}
      description={
        isFirst ? 'The text as it is now is kept as a version, and everybody goes on writing.' : undefined
      }
      actions={
        <>
          <p aria-live="polite" className="mr-auto min-w-0 flex-1 basis-48 self-center text-ink-3 text-xs">
            {beforehand.join(' ')}
          </p>
          <Button look="quiet" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {isFirst ? 'Request review' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <PersonPicker
            taken={new Set(list.map(({ person }) => person.id))}
            input={field}
            onPick={(person) =>
              setList((before) => [
                ...before,
                { person, required: true, sectionIds: null, stays: false, asked: false },
              ])
            }
          />
          {list.length > 0 && (
            <ul aria-label="Who is asked" className="flex flex-col">
              {list.map(({ person, required, sectionIds, stays }) => (
                <li key={person.id} className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-0.5 py-1">
                  <Avatar name={person.name} color={person.color} decorative />
                  <span className="min-w-24 flex-1 truncate font-[550] text-s">{person.name}</span>
                  {more && (
                    <ScopeMenu
                      name={person.name}
                      sections={sections}
                      value={sectionIds}
                      onChange={(next) => change(person.id, { sectionIds: next })}
                    />
                  )}
                  <Select
                    look="quiet"
                    label={`How ${person.name} is asked`}
                    value={required ? 'required' : 'invited'}
                    onChange={(next) => change(person.id, { required: next === 'required' })}
                    options={[
                      { value: 'required', label: 'Required', note: 'Approval waits for them' },
                      { value: 'invited', label: 'Invited', note: 'Nobody waits for them' },
                    ]}
                  />
                  <IconButton
                    label={stays ? `${person.name} has spoken and stays` : `Do not ask ${person.name}`}
                    size="s"
                    disabled={stays}
                    onClick={() => setList(list.filter((one) => one.person.id !== person.id))}
                  >
                    <X size={15} aria-hidden="true" />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div className="w-48">
            <Field
              label="Due"
              type="date"
              min={calendarDay(new Date())}
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          </div>
          {!more && (
            <Button look="quiet" size="s" onClick={() => setMore(true)}>
              More: only some sections
            </Button>
          )}
        </div>
        {closedToMost && (
          <label className="flex items-start gap-2.5 text-s">
            <input
              type="checkbox"
              checked={opens}
              onChange={(event) => setOpens(event.target.checked)}
              className="mt-0.5 size-4 accent-accent"
            />
            <span>
              Let everyone in the workspace read it and comment
              <span className="block text-ink-3 text-xs">
                Until now only the people named on it can open it. Who is asked can open it in any case.
              </span>
            </span>
          </label>
        )}
        {wrong && <Banner kind="error">{wrong}</Banner>}
      </form>
    </Dialog>
  )
}
