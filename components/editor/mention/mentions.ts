import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { mentionOffer, type SearchPeople } from './mention-offer'
import { type AskPeople, MentionPeople } from './mention-people'
import { mentionView } from './mention-view'

export interface MentionsOptions {
  readonly canWrite: boolean
  readonly searchPeople: SearchPeople
  readonly askPeople: AskPeople
}

/** Draws who is named in the text, and offers people behind an `@`. */
export const Mentions = Extension.create<MentionsOptions>({
  name: 'mentions',
  // Before the keys of lists and tables.
  priority: 1_500,
  addOptions: () => ({ canWrite: false, searchPeople: async () => [], askPeople: async () => [] }),
  addProseMirrorPlugins() {
    const { canWrite, searchPeople, askPeople } = this.options
    const people = new MentionPeople(askPeople)
    const search: SearchPeople = async (...given) => {
      const found = await searchPeople(...given)
      people.learn(found)
      return found
    }
    const drawn = new Plugin({
      key: new PluginKey('mentions'),
      props: { nodeViews: { mention: (node) => mentionView(node, people) } },
      view: () => ({ destroy: () => people.end() }),
    })
    return canWrite ? [mentionOffer(search), drawn] : [drawn]
  },
})
