import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { safeColor } from '../../ui/person-color'
import type { MentionPeople } from './mention-people'

/** Somebody who is named in the text: by the name that they have now, in their colour. */
export function mentionView(node: ProseMirrorNode, people: MentionPeople): NodeView {
  const dom = document.createElement('span')
  dom.className = 'mention'
  dom.contentEditable = 'false'
  const { person: id, name } = node.attrs as { person: string; name: string | null }
  dom.dataset.mention = id
  const draw = () => {
    const person = people.of(id)
    // A name is read in its own direction, and cannot turn that of the line.
    const words = document.createElement('bdi')
    words.textContent = person?.name ?? name ?? 'somebody'
    dom.replaceChildren('@', words)
    if (person) dom.style.setProperty('--person', safeColor(person.color))
    else dom.style.removeProperty('--person')
  }
  draw()
  const forget = people.watch(id, draw)
  return { dom, destroy: forget, ignoreMutation: () => true }
}
