import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import { PersonPicker } from '../access/person-picker'
import { Avatar } from '../ui/avatar'
import { IconButton } from '../ui/icon-button'
import { ActDialog } from './act-dialog'
import type { ReviewActions } from './use-review-actions'

export interface AuthorsDialogProps {
  readonly review: ReviewAnswer
  readonly actions: ReviewActions
  readonly onClose: () => void
}

/** Whose document it is. */
export function AuthorsDialog({ review, actions, onClose }: AuthorsDialogProps) {
  const [list, setList] = useState(review.authors)
  const field = useRef<HTMLInputElement>(null)
  const reviewing = new Set(
    review.reviewers.filter(({ state }) => state === 'asked').map(({ person }) => person.id),
  )
  return (
    <ActDialog
      title="Authors"
      description="Their names stand under the title. The list alone decides who would approve their own text: at least one approval has to come from somebody who is not on it."
      action="Save"
      lacks={list.length > 0 ? null : 'A document has at least one author.'}
      onAct={() => actions.setAuthors(list.map(({ id }) => id))}
      onClose={onClose}
    >
      <PersonPicker
        taken={new Set(list.map(({ id }) => id))}
        input={field}
        onPick={(person) => setList((before) => [...before, person])}
      />
      {list.length > 0 && (
        <ul aria-label="Authors" className="flex flex-col">
          {list.map((person) => (
            <li key={person.id} className="flex min-h-11 items-center gap-2.5 py-1">
              <Avatar name={person.name} color={person.color} decorative />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-[550] text-s">{person.name}</span>
                {reviewing.has(person.id) && (
                  <span className="block text-ink-3 text-xs">
                    Is a reviewer too: their approval is one of their own text.
                  </span>
                )}
              </span>
              <IconButton
                label={`${person.name} is no author`}
                size="s"
                onClick={() => {
                  setList(list.filter((one) => one.id !== person.id))
                  field.current?.focus()
                }}
              >
                <X size={15} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </ActDialog>
  )
}
