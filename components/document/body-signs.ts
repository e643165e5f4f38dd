import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { SectionAnswer } from '../../lib/api-section'
import type { OutlineSection } from '../../lib/content/outline'
import { digestOfSection } from '../../lib/content/section-digest'
import { statesOf } from '../../lib/section'
import { type SectionSigns, signOf } from './section-signs'

/** What follows from the body that is being written, by the rule that the server has too. */
export function signsOfBody(
  doc: ProseMirrorNode,
  outline: readonly OutlineSection[],
  given: {
    readonly known: ReadonlyMap<string, SectionAnswer>
    /** Keys of the template's sections in which text is asked for. */
    readonly asked: (templateSection: string) => boolean
  },
): SectionSigns {
  const { known, asked } = given
  const keyOf = ({ id }: OutlineSection) => known.get(id)?.templateSection ?? null
  const states = statesOf({
    sections: outline,
    isAsked: (section) => {
      const key = keyOf(section)
      return key !== null && asked(key)
    },
    isOfTemplate: (section) => keyOf(section) !== null,
    said: ({ id }) => known.get(id)?.said ?? null,
    digest: (section) => digestOfSection(doc, section),
  })
  return new Map([...states].map(([id, state]) => [id, signOf(known.get(id), state)]))
}
