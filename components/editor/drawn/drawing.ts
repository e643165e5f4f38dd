import { mathLanguage } from '../../../lib/content/nodes/drawn-language'
import { watchTheme } from './drawing-theme'
import type { DiagramPicture, Drawn } from './drawn'

/** The drawing of one block. */
export interface Drawing {
  /** Draws this source, at once the first time and then when typing rests. */
  show(source: string): void
  stop(): void
}

const restMs = 250

/**
 * Keeps the drawing of a block beside its source. What was drawn last stays while the source cannot be drawn; what is
 * wrong with it is said below.
 *
 * @param block gets `is-broken` while there is nothing to show but the source.
 * @param box what is drawn goes in here.
 */
export function startDrawing(block: HTMLElement, box: HTMLElement, language: string): Drawing {
  const isFormula = language === mathLanguage
  const shown = document.createElement('div')
  shown.className = 'code-picture'
  const error = document.createElement('p')
  error.className = 'code-error'
  error.setAttribute('role', 'status')
  box.append(shown, error)
  let source: string | null = null
  let isStopped = false
  let rest: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  const say = (message: string, line: number | null) => {
    error.textContent = line === null || !source?.includes('\n') ? message : `Line ${line}: ${message}`
    block.classList.toggle('is-broken', shown.childElementCount === 0)
  }
  const draw = async () => {
    latest += 1
    const [mine, wanted] = [latest, source ?? '']
    if (wanted.trim() === '') {
      shown.replaceChildren()
      return say(isFormula ? 'An empty formula.' : 'An empty diagram.', null)
    }
    const drawn = await (isFormula ? drawnFormula(wanted) : drawnDiagram(wanted))
    if (isStopped || mine !== latest) return
    // Worth another try when somebody comes by again.
    if (drawn.is === 'gone') source = null
    if (drawn.is !== 'drawn') return say(drawn.message, drawn.is === 'failed' ? drawn.line : null)
    const picture = 'formula' in drawn ? drawn.formula : await imageOf(drawn.picture, wanted)
    if (isStopped || mine !== latest) return
    if (!picture) return say('The diagram could not be shown.', null)
    shown.replaceChildren(picture)
    // A formula that is wider than the page scrolls, and has to be reached (WCAG 2.1.1).
    if (shown.scrollWidth > shown.clientWidth) shown.tabIndex = 0
    else shown.removeAttribute('tabindex')
    block.classList.remove('is-broken')
    error.textContent = ''
  }
  const again = watchTheme(() => {
    if (!isFormula && source !== null) void draw()
  })
  return {
    show(now) {
      if (now === source) return
      const isFirst = source === null
      source = now
      clearTimeout(rest)
      if (isFirst) void draw()
      else rest = setTimeout(draw, restMs)
    },
    stop() {
      isStopped = true
      clearTimeout(rest)
      again()
      box.replaceChildren()
      block.classList.remove('is-broken')
    },
  }
}

async function drawnFormula(source: string): Promise<Drawn> {
  const { drawFormula } = await import('./formula-drawing')
  return drawFormula(source, true)
}

async function drawnDiagram(source: string): Promise<Drawn> {
  const { drawDiagram } = await import('./diagram-drawer')
  const { coloursOfPage } = await import('./drawing-theme')
  return drawDiagram(source, coloursOfPage())
}

/** Ready to be put in: what stood there before is not seen to go. Null: the browser cannot show it. */
async function imageOf(picture: DiagramPicture, source: string): Promise<HTMLImageElement | null> {
  const image = new Image(Math.ceil(picture.width), Math.ceil(picture.height))
  image.alt = picture.title || `Diagram: ${source.trim().split('\n', 1)[0]}`
  image.draggable = false
  if (picture.isDark) image.dataset.dark = ''
  // No blob: opened by itself, that one would be a document of our origin.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`
  return image.decode().then(
    () => image,
    () => null,
  )
}
