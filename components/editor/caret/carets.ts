import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { DecorationAttrs } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import { inkOn, safeColor } from '../../ui/person-color'
import { type CaretPerson, caretMarks } from './caret-marks'
import { ownCaret } from './own-caret'

/** How long a name stands beside its caret after that caret last moved. */
const nameShownMs = 2_000

/** Other people's carets and selections, in their colours; names fade when a caret rests. */
export const Carets = Extension.create<{ awareness: Awareness | null }>({
  name: 'carets',
  addOptions: () => ({ awareness: null }),
  addProseMirrorPlugins() {
    const { awareness } = this.options
    if (!awareness) return []
    // Clients whose caret moved within the last two seconds. Asked when a caret is drawn, too: it is drawn
    // anew when it moves.
    const fresh = new Set<number>()
    const draw = (person: CaretPerson, clientId: number) => {
      const caret = drawCaret(person, clientId)
      caret.classList.toggle('is-fresh', fresh.has(clientId))
      return caret
    }
    return [
      caretMarks(awareness, { caret: draw, selection: drawSelection }),
      ownCaret(awareness),
      namesPlugin(awareness, fresh),
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
  // Whoever reads the line with a screen reader hears whose caret stands there.
  const who = typeof person.name === 'string' ? person.name : ''
  caret.setAttribute('role', 'img')
  caret.setAttribute('aria-label', who === '' ? 'Caret of somebody' : `Caret of ${who}`)
  const name = document.createElement('span')
  name.className = 'caret-name'
  name.textContent = who
  // Word joiners keep the line from breaking at the caret, and give the browser a place for its own.
  caret.append('\u2060', name, '\u2060')
  return caret
}

const drawSelection = (person: CaretPerson): DecorationAttrs => ({
  class: 'caret-selection',
  style: `--person: ${colorOf(person)}`,
})

/** Shows a name for two seconds after its caret moved. */
function namesPlugin(awareness: Awareness, fresh: Set<number>): Plugin {
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  const places = new Map<number, string>()
  return new Plugin({
    key: new PluginKey('caretNames'),
    view(view) {
      const mark = (client: number) => {
        const caret = view.dom.querySelector(`.caret[data-client="${client}"]`)
        caret?.classList.toggle('is-fresh', fresh.has(client))
      }
      const show = (client: number) => {
        clearTimeout(timers.get(client))
        fresh.add(client)
        mark(client)
        const fade = () => {
          timers.delete(client)
          fresh.delete(client)
          mark(client)
        }
        timers.set(client, setTimeout(fade, nameShownMs))
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
          fresh.clear()
        },
      }
    },
  })
}
