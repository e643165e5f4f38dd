import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { isFollowable } from '../../lib/content/link-address'
import { slugsOf } from '../../lib/content/slug'
import { sectionsOf } from './sections'

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
  const dom = headingOf(editor, href.slice(1))
  dom?.scrollIntoView({ block: 'start' })
}

function headingOf(editor: Editor, place: string): HTMLElement | null {
  const sections = sectionsOf(editor.state).filter((section) => section.level > 0)
  const slugs = slugsOf(sections.map((section) => section.title))
  const found = sections.find((section, index) => slugs[index] === place || section.id === place)
  const dom = found && editor.view.nodeDOM(found.from)
  return dom instanceof HTMLElement ? dom : null
}
