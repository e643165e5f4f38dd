import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { DecorationAttrs } from '@tiptap/pm/view'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import { inkOn, safeColor } from '../ui/person-color'

/** How long a name stands beside its caret after that caret last moved. */
const nameShownMs = 2_000

interface CaretPerson {
  readonly name?: unknown
  readonly color?: unknown
}

/** Other people's carets and selections, in their colours; names fade when a caret rests. */
export const Carets = Extension.create<{ awareness: Awareness | null }>({
  name: 'carets',
  addOptions: () => ({ awareness: null }),
  addProseMirrorPlugins() {
    const { awareness } = this.options
    if (!awareness) return []
    return [
      yCursorPlugin(awareness, { cursorBuilder: drawCaret, selectionBuilder: drawSelection }),
      namesPlugin(awareness),
    ]
  },
})

const colorOf = (person: CaretPerson): string =>
  safeColor(typeof person.color === 'string' ? person.color : '')

function drawCaret(person: CaretPerson, clientId: number): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'caret'
  caret.dataset.client = String(clientId)
  caret.style.setProperty('--person', colorOf(person))
  caret.style.setProperty('--person-ink', inkOn(colorOf(person)))
  // A caret is drawn, not said: who is where stands in the outline, and joining is announced there.
  caret.setAttribute('aria-hidden', 'true')
  const name = document.createElement('span')
  name.className = 'caret-name'
  name.textContent = typeof person.name === 'string' ? person.name : ''
  // Word joiners keep the line from breaking at the caret, and give the browser a place for its own.
  caret.append('\u2060', name, '\u2060')
  return caret
}

const drawSelection = (person: CaretPerson): DecorationAttrs => ({
  class: 'caret-selection',
  style: `--person: ${colorOf(person)}`,
})

/** Shows a name for two seconds after its caret moved. */
function namesPlugin(awareness: Awareness): Plugin {
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  const places = new Map<number, string>()
  return new Plugin({
    key: new PluginKey('caretNames'),
    view(view) {
      const mark = (client: number, fresh: boolean) => {
        view.dom.querySelector(`.caret[data-client="${client}"]`)?.classList.toggle('is-fresh', fresh)
      }
      const show = (client: number) => {
        const timer = timers.get(client)
        if (timer !== undefined) clearTimeout(timer)
        // The binding draws the caret in a later task: ask for it after that.
        setTimeout(() => mark(client, true), 0)
        timers.set(
          client,
          setTimeout(() => {
            timers.delete(client)
            mark(client, false)
          }, nameShownMs),
        )
      }
      const onChange = ({ added, updated }: { added: number[]; updated: number[] }) => {
        for (const client of [...added, ...updated]) {
          const place = JSON.stringify(awareness.getStates().get(client)?.cursor ?? null)
          if (client === awareness.clientID || place === 'null' || places.get(client) === place) continue
          places.set(client, place)
          show(client)
        }
      }
      awareness.on('change', onChange)
      return {
        destroy() {
          awareness.off('change', onChange)
          for (const timer of timers.values()) clearTimeout(timer)
          timers.clear()
        },
      }
    },
  })
}
