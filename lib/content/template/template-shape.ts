/** What a document starts from: named sections, each with advice to its author. */
export interface Template {
  /** Stable name, stored with each document. */
  readonly key: string
  readonly name: string
  /** One sentence for the person who chooses. */
  readonly description: string
  /** Rises when sections are added, removed or said anew. */
  readonly version: number
  /** Letters before the number of a document: `TDD` in `TDD-0042`. */
  readonly prefix: string
  /** True: exported with title, status line and table of contents. */
  readonly frontMatter: boolean
  /** In document order. */
  readonly sections: readonly TemplateSection[]
}

export interface TemplateSection {
  /** Stable name within the template; which heading it is stands in SQL. */
  readonly key: string
  readonly title: string
  /** Heading level, 1 to 6. */
  readonly level: number
  /** Other levels at which a file may have it; it is then brought to `level`. */
  readonly foreignLevels: readonly number[]
  /** Advice, drawn while the section is empty; null: it only holds others and is not counted. */
  readonly guidance: string | null
  /** Fingerprints (guidance.ts) of other texts that are guidance in files for this section. */
  readonly foreignGuidance: readonly string[]
}
