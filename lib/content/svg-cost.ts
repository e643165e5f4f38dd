import { svgTags, withoutReferences } from './svg-tags'

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

/** Style sheets of more references than these are nobody's drawing. */
const maxStyled = 5_000

const reference = /url\(\s*["']?#([^"')\s]+)/gi

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

/** By id; under the empty one the whole drawing. Null: it has too many elements as it is. */
function partsOf(text: string): Map<string, Part> | null {
  const whole: Part = { elements: 0, shown: new Map() }
  const parts = new Map([['', whole]])
  const rules = styleRules(styleIn(text))
  if (rules === null) return null
  const open: { name: string; part: Part | null }[] = []
  let counted = 0
  for (const found of svgTags(text)) {
    if ('closes' in found) {
      while (open.length > 0 && open.pop()?.name !== found.closes) {}
      continue
    }
    const { opens, attributes, isEmpty } = found
    const id = attributes.get('id')
    const own: Part | null = id ? (parts.get(id) ?? { elements: 0, shown: new Map() }) : null
    if (id && own) parts.set(id, own)
    // Nested without end, each element would be counted for all that are around it.
    if (whole.elements > maxSvgElements || open.length > maxDepth) return null
    const named = shownBy(attributes)
    if (named === null) return null
    const shown = [...named, ...rules(opens, attributes.get('class') ?? '')]
    const around = new Set([whole, ...open.flatMap(({ part }) => part ?? []), ...(own ? [own] : [])])
    counted += around.size * (1 + shown.length)
    if (counted > maxCounted) return null
    for (const part of around) {
      part.elements += 1
      for (const target of shown) part.shown.set(target, (part.shown.get(target) ?? 0) + 1)
    }
    if (!isEmpty) open.push({ name: opens, part: own })
  }
  return parts
}

const referencesIn = (text: string): string[] =>
  Array.from(text.matchAll(reference), ([, id]) => id ?? '').flatMap(spellings)

/** An id as it is written, and as browsers look for it as well. */
function spellings(id: string): string[] {
  try {
    const decoded = decodeURIComponent(id)
    return decoded === id ? [id] : [id, decoded]
  } catch {
    return [id]
  }
}

/** A drawing within a drawing is not read here. */
const isDrawing = (text: string): boolean => /data:[^,]{0,200}svg/i.test(text)

/** Ids that its attributes name, animations of them too. Null: they are said in a way that is not read here. */
function shownBy(attributes: ReadonlyMap<string, string>): string[] | null {
  const shown: string[] = []
  for (const [name, given] of attributes) {
    const isHref = /(?:^|:)href$/.test(name)
    // Attributes with a prefix are their editor's own.
    if (!isHref && name.includes(':')) continue
    const value = given.replace(/[\t\n\r]/g, '').trim()
    if (isDrawing(value) || (!isHref && value.includes('\\'))) return null
    const said = /^(?:to|from|by|values)$/.test(name) ? value.split(';') : isHref ? [value] : []
    for (const one of said.map((part) => part.trim())) {
      if (one.startsWith('#')) shown.push(...spellings(one.slice(1)))
    }
    if (!isHref) shown.push(...referencesIn(value))
  }
  return shown
}

/**
 * What style sheets make an element show, by its name and its classes. Other selectors are taken to fit all. Null: that
 * is too much to tell, or escaped, so that it says something else than it looks like.
 */
function styleRules(style: string): ((name: string, classes: string) => string[]) | null {
  if (isDrawing(style) || (style.includes('\\') && style.includes('#'))) return null
  const named = new Map<string, string[]>()
  const general: string[] = []
  let styled = 0
  for (const rule of style.split('}')) {
    const [selectors = '', body = ''] = rule.split('{').slice(-2)
    const targets = referencesIn(body)
    if (targets.length === 0) continue
    for (const selector of selectors.split(',').map((one) => one.trim())) {
      styled += targets.length
      if (styled > maxStyled) return null
      const list = /^\.?[\w-]+$/.test(selector) ? (named.get(selector) ?? []) : general
      if (list !== general) named.set(selector, list)
      list.push(...targets)
    }
  }
  if (named.size === 0 && general.length === 0) return () => []
  return (name, classes) =>
    [
      name,
      ...classes
        .split(/\s+/)
        .filter(Boolean)
        .map((one) => `.${one}`),
    ]
      .flatMap((one) => named.get(one) ?? [])
      .concat(general)
}

const styleBegins = /<(?:[^\s<>/]*:)?style[\s>]/g
const styleEnds = /<\/(?:[^\s<>/]*:)?style/g

/** The text of all style sheets within. */
function styleIn(text: string): string {
  const styles: string[] = []
  styleBegins.lastIndex = 0
  for (let begins = styleBegins.exec(text); begins; begins = styleBegins.exec(text)) {
    styleEnds.lastIndex = begins.index
    const ends = styleEnds.exec(text)
    if (!ends) break
    styles.push(text.slice(text.indexOf('>', begins.index) + 1, ends.index), '}')
    styleBegins.lastIndex = ends.index
  }
  return withoutReferences(styles.join(''))
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
