/**
 * What runs in the frame that draws diagrams: built by itself (server/launch/build.mjs), and started by no page of
 * ours but its own document. It has an opaque origin and may ask nobody for anything.
 */
import mermaid from 'mermaid'
import {
  type DrawAnswer,
  type DrawRequest,
  diagramGreeting,
  diagramLine,
  maxDiagramEdges,
  maxDiagramLength,
} from '../../../lib/content/diagram'

addEventListener('message', function greeted({ source, data, ports }) {
  const [port] = ports
  if (source !== parent || data !== diagramGreeting || !port) return
  removeEventListener('message', greeted)
  const tell = (answer: DrawAnswer) => port.postMessage(answer)
  // One after the other: mermaid keeps the state of the diagram at hand in its modules.
  let last: Promise<void> = Promise.resolve()
  port.onmessage = ({ data: asked }: MessageEvent<DrawRequest>) => {
    last = last.then(async () => tell(await draw(asked)))
  }
  tell({ kind: 'ready' })
})

async function draw({ id, source, colours }: DrawRequest): Promise<DrawAnswer> {
  try {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      maxTextSize: maxDiagramLength,
      maxEdges: maxDiagramEdges,
      // As an image an SVG draws no HTML in some browsers.
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      class: { htmlLabels: false },
      fontFamily,
      theme: 'base',
      // Behind words on an arrow nothing shines through.
      themeCSS: '.edgeLabel rect { opacity: 1 }',
      themeVariables: themeOf(colours),
      // What a source may not change.
      secure: [
        'secure',
        'securityLevel',
        'startOnLoad',
        'suppressErrorRendering',
        'maxTextSize',
        'maxEdges',
        'htmlLabels',
        'fontFamily',
        'themeCSS',
        'dompurifyConfig',
      ],
    })
    const { svg } = await mermaid.render(`diagram-${id}`, source)
    return { kind: 'drawn', id, ...asImage(svg) }
  } catch (error) {
    return { kind: 'failed', id, ...reasonOf(error, source) }
  } finally {
    document.body.replaceChildren()
  }
}

/** No face of ours: an image has the machine's own, and letters have to be as wide as they were measured. */
const fontFamily = 'ui-sans-serif, system-ui, sans-serif'

function themeOf(colours: DrawRequest['colours']) {
  const { paper, ink, line, soft, accent, accentSoft, note, isDark } = colours
  return {
    darkMode: isDark,
    background: paper,
    fontFamily,
    fontSize: '15px',
    primaryColor: accentSoft,
    primaryTextColor: ink,
    primaryBorderColor: accent,
    secondaryColor: soft,
    secondaryTextColor: ink,
    secondaryBorderColor: line,
    tertiaryColor: soft,
    tertiaryTextColor: ink,
    tertiaryBorderColor: line,
    lineColor: line,
    textColor: ink,
    titleColor: ink,
    edgeLabelBackground: paper,
    clusterBkg: soft,
    clusterBorder: line,
    noteBkgColor: note,
    noteTextColor: ink,
    noteBorderColor: line,
    actorLineColor: line,
    signalColor: ink,
    signalTextColor: ink,
  }
}

/** The drawing as XML with its size on it, which an image needs. */
function asImage(markup: string): { svg: string; width: number; height: number; title: string } {
  const parsed = new DOMParser().parseFromString(markup, 'text/html')
  const svg = parsed.querySelector('svg')
  if (!svg) throw new Error('Nothing was drawn.')
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number)
  svg.removeAttribute('style')
  svg.setAttribute('width', String(width))
  svg.setAttribute('height', String(height))
  const said = (name: string) => svg.querySelector(`:scope > ${name}`)?.textContent?.trim() ?? ''
  const title = [said('title'), said('desc')].filter((words) => words !== '').join('. ')
  return { svg: new XMLSerializer().serializeToString(svg), width, height, title }
}

/** What a parser says of its tokens helps nobody: the line that it means is shown instead. */
function reasonOf(error: unknown, source: string): { message: string; line: number | null } {
  const text = error instanceof Error ? error.message : String(error)
  const told = /\bline:? ?(\d+)/i.exec(text)
  if (!told) return { message: text, line: null }
  const line = diagramLine(source, Number(told[1]))
  const words = source.split('\n')[line - 1]?.trim() ?? ''
  const isParsers = /^(Parse|Lexical) error|^Parsing failed|Expecting/m.test(text)
  return { message: isParsers ? `This cannot be read: ${words.slice(0, 120)}` : text, line }
}
