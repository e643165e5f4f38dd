import type { Editor } from '@tiptap/core'
import type { Person } from '../../../lib/person'
import { Avatar } from '../../ui/avatar'
import { classes } from '../../ui/classes'
import { keepFocus } from '../action-button'
import { Floating } from '../floating'
import { useEditorValue } from '../use-editor-value'
import { mentionListId, mentionOfferOf, mentionOptionId, takePerson } from './mention-offer'

const offerRect = (editor: Editor): DOMRect | null => {
  const offer = mentionOfferOf(editor.state)
  if (!offer) return null
  const { left, top, bottom } = editor.view.coordsAtPos(offer.from)
  return new DOMRect(left, top, 0, bottom - top)
}

/** Who can be named where an `@` was typed: a list beside the text, which keeps the focus. */
export function MentionList({ editor }: { readonly editor: Editor }) {
  // As a primitive, so that it is drawn anew only when it differs.
  const shown = useEditorValue(editor, (now) => {
    const offer = mentionOfferOf(now.state)
    return offer && `${offer.chosen} ${offer.people.map(({ id }) => id).join(' ')}`
  })
  const offer = shown === null ? null : mentionOfferOf(editor.state)
  if (!offer) return null
  return (
    <Floating editor={editor} anchor={offerRect} place="below">
      <div
        id={mentionListId}
        role="listbox"
        aria-label="People"
        className="max-h-[min(340px,40vh)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto overscroll-contain rounded-m border border-line bg-raised p-1 text-ink shadow-float"
      >
        {offer.people.map((person, index) => (
          <Option key={person.id} editor={editor} person={person} isActive={index === offer.chosen} />
        ))}
      </div>
    </Floating>
  )
}

function Option(props: { readonly editor: Editor; readonly person: Person; readonly isActive: boolean }) {
  const { editor, person, isActive } = props
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the text keeps the focus and names it as its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys come from the text
    <div
      id={mentionOptionId(person)}
      role="option"
      aria-selected={isActive}
      onMouseDown={keepFocus}
      onClick={() => takePerson(editor.view, person)}
      className={classes(
        'flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2 py-1 text-s pointer-coarse:min-h-11',
        isActive ? 'bg-sunk' : 'hover:bg-sunk',
      )}
    >
      <Avatar name={person.name} color={person.color} size="xs" decorative />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate">{person.name}</bdi>
        {person.email && <bdi className="block truncate text-ink-3 text-xs">{person.email}</bdi>}
      </span>
    </div>
  )
}
