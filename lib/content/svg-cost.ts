/**
 * What an SVG asks of whoever draws it. A drawing may show a part of itself again (`use`), and parts of that again: a
 * kilobyte in which each shows the one before it twice is drawn for ever, in everybody's page and before anything runs
 * in it. What is too dear is no image here, but a file.
 */

/** A drawing of ours has a few thousand; Chromium takes a second for some 20,000 that are shown by reference. */
export const maxSvgElements = 50_000

/** From this size on a drawing is a file: taken apart by each reader's page, it holds that up. In bytes. */
export const maxSvgBytes = 2 * 1024 * 1024

/** An element counts for each part that it is in; a hostile drawing has it in hundreds. */
const maxCounted = 20 * maxSvgElements

/** Parts within parts, and parts that show parts. */
const maxDepth = 500

const idOf = /\sid\s*=\s*["']([^"']*)["']/i
const classesOf = /\sclass\s*=\s*["']([^"']*)["']/i
const reference = /(?:href\s*=\s*["']\s*#([^"'\s]+)|url\(\s*["']?#([^"')\s]+))/gi

interface Part {
  /** Elements within, itself included. */
  elements: number
  /** Ids that these show, each as often as it is named. */
  readonly shown: Map<string, number>
}

/** True when it would be drawn of more elements than a page can bear. */
export function isTooDear(text: string): boolean {
  const parts = partsOf(text)
  return parts === null || costOf(parts) > maxSvgElements
}

type Tag = { readonly closes: string } | { readonly opens: string; readonly inside: string }

const tag = /<\/?([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/iy

/** What ends none of its parts is read no further: a search for each end anew would take the square of its length. */
function* tagsIn(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const behind = skipped(text, at, '<!--', '-->') ?? skipped(text, at, '<![CDATA[', ']]>')
    if (behind !== null) {
      if (behind < 0) return
      at = behind
      continue
    }
    tag.lastIndex = at
    const [whole = '<', name = '', inside = ''] = tag.exec(text) ?? []
    at += whole.length
    if (name === '') continue
    yield whole[1] === '/' ? { closes: name } : { opens: name, inside }
  }
}

/** Where it goes on behind what begins here so; -1: it does not end. Null: something else begins here. */
function skipped(text: string, at: number, begins: string, ends: string): number | null {
  if (!text.startsWith(begins, at)) return null
  const end = text.indexOf(ends, at + begins.length)
  return end < 0 ? -1 : end + ends.length
}

/** By id; under the empty one the whole drawing. Null: it has too many elements as it is. */
function partsOf(text: string): Map<string, Part> | null {
  const whole: Part = { elements: 0, shown: new Map() }
  const parts = new Map([['', whole]])
  const rules = styleRules(text)
  const open: { name: string; part: Part | null }[] = []
  let counted = 0
  for (const found of tagsIn(text)) {
    if ('closes' in found) {
      while (open.length > 0 && open.pop()?.name !== found.closes) {}
      continue
    }
    const { opens, inside } = found
    const id = idOf.exec(inside)?.[1]
    const own: Part | null = id ? (parts.get(id) ?? { elements: 0, shown: new Map() }) : null
    if (id && own) parts.set(id, own)
    // Nested without end, each element would be counted for all that are around it.
    if (whole.elements > maxSvgElements || open.length > maxDepth) return null
    const shown = [...referencesIn(inside), ...rules(opens, inside)]
    const around = new Set([whole, ...open.flatMap(({ part }) => part ?? []), ...(own ? [own] : [])])
    counted += around.size
    if (counted > maxCounted) return null
    for (const part of around) {
      part.elements += 1
      for (const target of shown) part.shown.set(target, (part.shown.get(target) ?? 0) + 1)
    }
    if (!inside.endsWith('/')) open.push({ name: opens, part: own })
  }
  return parts
}

const referencesIn = (text: string): string[] =>
  Array.from(text.matchAll(reference), ([, href, url]) => href ?? url ?? '')

/** What style sheets within make an element show, by its name and its classes. Other selectors are taken to fit all. */
function styleRules(text: string): (name: string, inside: string) => string[] {
  const named = new Map<string, string[]>()
  const general: string[] = []
  for (const rule of styleIn(text).split('}')) {
    const [selectors = '', body = ''] = rule.split('{').slice(-2)
    const targets = referencesIn(body)
    if (targets.length === 0) continue
    for (const selector of selectors.split(',').map((one) => one.trim())) {
      if (/^\.?[\w-]+$/.test(selector)) named.set(selector, [...(named.get(selector) ?? []), ...targets])
      else general.push(...targets)
    }
  }
  if (named.size === 0 && general.length === 0) return () => []
  return (name, inside) => {
    const classes = (classesOf.exec(inside)?.[1] ?? '').split(/\s+/).filter(Boolean)
    return [name, ...classes.map((one) => `.${one}`)].flatMap((one) => named.get(one) ?? []).concat(general)
  }
}

/** The text of all style sheets within. */
function styleIn(text: string): string {
  let style = ''
  for (let at = text.indexOf('<style'); at >= 0; at = text.indexOf('<style', at)) {
    const end = text.indexOf('</style', at)
    if (end < 0) break
    style += `${text.slice(text.indexOf('>', at) + 1, end)}}`
    at = end
  }
  return style
}

/** Elements that are drawn in the end. What shows itself is not drawn at all (SVG 2, 5.6). */
function costOf(parts: ReadonlyMap<string, Part>): number {
  const known = new Map<string, number>()
  const cost = (id: string, depth: number): number => {
    const done = known.get(id)
    if (done !== undefined) return done
    if (depth > maxDepth) return Number.POSITIVE_INFINITY
    known.set(id, 0)
    const part = parts.get(id)
    let sum = part?.elements ?? 0
    for (const [target, times] of part?.shown ?? []) sum += times * cost(target, depth + 1)
    known.set(id, sum)
    return sum
  }
  return cost('', 0)
}
