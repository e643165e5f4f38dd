import {
  type DiagramColours,
  type DrawAnswer,
  type DrawRequest,
  diagramFrame,
  diagramGreeting,
  maxDiagramLength,
  parseDrawAnswer,
} from '../../../lib/content/diagram'
import type { Drawn } from './drawn'

/** A diagram that takes longer is given up, and with it the frame that works on it. In milliseconds. */
const drawingLimitMs = 3_000
/** For loading what draws, which is no fault of a diagram. */
const loadingLimitMs = 30_000
/** The frame is given back when nothing was drawn for so long. */
const idleMs = 60_000

/**
 * Draws diagrams, one at a time, in one frame that has no origin and no network (lib/content/diagram.ts). What it
 * gives back is shown as an image: in one nothing runs and nothing is asked for. A frame that has not answered after
 * three seconds is thrown away, with whatever is going on in it; the next diagram gets a new one.
 *
 * Chromium runs such a frame in a process of its own, so that one without an end does not keep anybody from typing.
 * Where a browser does not, the limits on length and arrows have to do.
 */
export function drawDiagram(source: string, colours: DiagramColours): Promise<Drawn> {
  if (source.length > maxDiagramLength) {
    const most = maxDiagramLength.toLocaleString('en')
    return Promise.resolve({ is: 'failed', message: `A diagram has at most ${most} characters.`, line: null })
  }
  const key = JSON.stringify([source, colours])
  const known = drawn.get(key)
  if (known) return known
  const made = new Promise<Drawn>((resolve) => {
    waiting.push({ source, colours, resolve })
  })
  keep(key, made)
  void work()
  return made
}

interface Wanted {
  readonly source: string
  readonly colours: DiagramColours
  readonly resolve: (drawn: Drawn) => void
}

interface Frame {
  readonly ask: (request: DrawRequest) => Promise<DrawAnswer>
  readonly close: () => void
}

const waiting: Wanted[] = []
let frame: Frame | null = null
let isWorking = false
let lastId = 0
let idle: ReturnType<typeof setTimeout> | undefined

/** The drawings of late, so that a block that is drawn anew stands as it stood. */
const drawn = new Map<string, Promise<Drawn>>()

function keep(key: string, made: Promise<Drawn>): void {
  drawn.set(key, made)
  const [oldest] = drawn.keys()
  if (drawn.size > 60 && oldest !== undefined) drawn.delete(oldest)
  // What failed for want of time may do better the next time.
  void made.then(({ is }) => is === 'gone' && drawn.delete(key))
}

async function work(): Promise<void> {
  if (isWorking) return
  isWorking = true
  clearTimeout(idle)
  for (let next = waiting.shift(); next; next = waiting.shift()) next.resolve(await draw(next))
  isWorking = false
  idle = setTimeout(giveBack, idleMs)
}

function giveBack(): void {
  frame?.close()
  frame = null
}

async function draw({ source, colours }: Wanted): Promise<Drawn> {
  try {
    frame ??= await openFrame()
  } catch {
    return { is: 'gone', message: 'The diagram could not be drawn: what draws it did not load.' }
  }
  lastId += 1
  const id = lastId
  const answer = await within(drawingLimitMs, frame.ask({ id, source, colours })).catch(() => null)
  if (answer === null || answer.kind === 'ready' || answer.id !== id) {
    giveBack()
    const seconds = drawingLimitMs / 1_000
    return { is: 'gone', message: `This diagram was given up after ${seconds} seconds. Make it smaller.` }
  }
  if (answer.kind === 'failed') return { is: 'failed', message: answer.message, line: answer.line }
  const { svg, width, height, title } = answer
  return { is: 'drawn', picture: { svg, width, height, title, isDark: colours.isDark } }
}

function openFrame(): Promise<Frame> {
  const element = document.createElement('iframe')
  element.setAttribute('sandbox', 'allow-scripts')
  element.src = diagramFrame
  element.title = 'Draws diagrams'
  element.setAttribute('aria-hidden', 'true')
  element.tabIndex = -1
  element.className = 'diagram-frame'
  const { port1: port, port2: theirs } = new MessageChannel()
  let answered: (answer: DrawAnswer) => void = () => {}
  const next = () =>
    new Promise<DrawAnswer>((resolve) => {
      answered = resolve
    })
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const answer = parseDrawAnswer(data)
    if (answer) answered(answer)
  }
  const ready = next()
  element.addEventListener('load', () =>
    // To any origin: it has none. Whoever it is gets a port and no word of the document.
    element.contentWindow?.postMessage(diagramGreeting, '*', [theirs]),
  )
  document.body.append(element)
  const close = () => {
    port.close()
    element.remove()
  }
  const opened = ready.then(() => ({
    close,
    ask: (request: DrawRequest) => {
      const answer = next()
      port.postMessage(request)
      return answer
    },
  }))
  return within(loadingLimitMs, opened).catch((error: unknown) => {
    close()
    throw error
  })
}

/** @throws Error when it takes longer. */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came within ${ms} ms`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
