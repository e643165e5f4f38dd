import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { isFollowable } from '../../../lib/content/link-address'
import { goToPlaceNamed } from '../block/pointed-block'

/** Opens a link on click where one reads, and on Ctrl or ⌘ click where one writes. */
export const Links = Extension.create({
  name: 'links',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('links'),
        props: {
          handleClick(view, _position, event) {
            const link = event.target instanceof Element ? event.target.closest('a[href]') : null
            const href = link?.getAttribute('href')
            if (!href || (view.editable && !event.metaKey && !event.ctrlKey)) return false
            event.preventDefault()
            openLink(editor, href)
            return true
          },
        },
      }),
    ]
  },
})

/** Goes to a place in this document, or opens another page beside it. */
export function openLink(editor: Editor, href: string): void {
  if (!isFollowable(href)) return
  if (!href.startsWith('#')) {
    window.open(href, '_blank', 'noopener,noreferrer')
    return
  }
  goToPlaceNamed(editor, href.slice(1))
}
