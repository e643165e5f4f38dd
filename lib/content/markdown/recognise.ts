import { templates } from '../template/template'
import type { Template, TemplateSection } from '../template/template-shape'

/** A heading of a file, in order. */
export interface FileHeading {
  readonly title: string
  readonly level: number
}

export interface Recognised {
  readonly template: Template
  /** Index of the file's heading -> section of the template. */
  readonly sections: ReadonlyMap<number, TemplateSection>
}

/** This share of a template's headings, matched in order, makes a file one of its documents. */
export const recognisedShare = 0.6

/**
 * The template that a file was written on: the one with the largest share of its headings found in the file,
 * in order, by title and level; null when no template reaches 60 %. Headings that an author added in between
 * do not count against it.
 */
export function recogniseTemplate(headings: readonly FileHeading[]): Recognised | null {
  let best: Recognised | null = null
  let bestShare = 0
  for (const template of templates) {
    if (template.sections.length === 0) continue
    const sections = matchInOrder(headings, template.sections)
    const share = sections.size / template.sections.length
    if (share >= recognisedShare && share > bestShare) {
      best = { template, sections }
      bestShare = share
    }
  }
  return best
}

/** `1.2 Data model:` and `Data Model` are one title. */
export const comparableTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .replace(/^\s*\d+(\.\d+)*[.)]?\s+/u, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .replace(/ ?: ?$/, '')
    .trim()
    .toLowerCase()

/**
 * The longest common subsequence (Hunt and Szymanski's form for few symbols): with the sections as columns,
 * `best[column]` is the longest match that ends at that section. One pass over the headings.
 */
function matchInOrder(
  headings: readonly FileHeading[],
  sections: readonly TemplateSection[],
): ReadonlyMap<number, TemplateSection> {
  interface Match {
    readonly heading: number
    readonly column: number
    readonly length: number
    readonly before: Match | null
  }
  const titles = sections.map(({ title }) => comparableTitle(title))
  const best: (Match | null)[] = sections.map(() => null)
  headings.forEach(({ title, level }, heading) => {
    const wanted = comparableTitle(title)
    // From the right: one heading must not serve two sections.
    for (let column = sections.length - 1; column >= 0; column--) {
      const section = sections[column] as TemplateSection
      if (titles[column] !== wanted) continue
      if (section.level !== level && !section.foreignLevels.includes(level)) continue
      let before: Match | null = null
      for (const match of best.slice(0, column)) {
        if (match && match.length > (before?.length ?? 0)) before = match
      }
      const length = (before?.length ?? 0) + 1
      // Only a longer one replaces: of two equal headings the first is the section.
      if (length > (best[column]?.length ?? 0)) best[column] = { heading, column, length, before }
    }
  })
  let longest: Match | null = null
  for (const match of best) if (match && match.length > (longest?.length ?? 0)) longest = match
  const found = new Map<number, TemplateSection>()
  for (let match = longest; match; match = match.before) {
    found.set(match.heading, sections[match.column] as TemplateSection)
  }
  return found
}
