import type { Editor } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import { Avatar } from '../../ui/avatar'
import { OfferList, OfferOption } from '../insert/offer-list'
import { useEditorValue } from '../use-editor-value'
import { mentionListId, mentionOfferOf, mentionOptionId, takePerson } from './mention-offer'

const offerAt = (state: EditorState): number | null => mentionOfferOf(state)?.from ?? null

/** Who can be named where an `@` was typed. */
export function MentionList({ editor }: { readonly editor: Editor }) {
  // As a primitive, so that it is drawn anew only when it differs.
  const shown = useEditorValue(editor, (now) => {
    const offer = mentionOfferOf(now.state)
    return offer && `${offer.chosen} ${offer.people.map(({ id }) => id).join(' ')}`
  })
  const offer = shown === null ? null : mentionOfferOf(editor.state)
  if (!offer) return null
  const { people, chosen } = offer
  return (
    <OfferList editor={editor} from={offerAt} id={mentionListId} label="People" chosen={chosen}>
      {people.map((person, index) => (
        <OfferOption
          key={person.id}
          id={mentionOptionId(person)}
          isActive={index === chosen}
          onTake={() => takePerson(editor.view, person)}
          className="min-h-9 px-2 py-1 pointer-coarse:min-h-11"
        >
          <Avatar name={person.name} color={person.color} size="xs" decorative />
          <span className="min-w-0 flex-1">
            <bdi className="block truncate">{person.name}</bdi>
            {person.email && <bdi className="block truncate text-ink-3 text-xs">{person.email}</bdi>}
          </span>
        </OfferOption>
      ))}
    </OfferList>
  )
}
