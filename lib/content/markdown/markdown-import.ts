import type { Definition, FootnoteDefinition, Heading, Nodes, Paragraph, Root, RootContent } from 'mdast'
import type { Loss } from '../../api'
import { PublicError } from '../../errors'
import { mindBody } from '../body-limits'
import { type DocumentJson, element } from '../document-json'
import { contentSchema } from '../schema'
import { guidanceLength } from '../template/guidance'
import type { SectionKeys } from '../template/template'
import type { TemplateSection } from '../template/template-shape'
import { withIds } from '../with-ids'
import {
  firstBlock,
  headingsOf,
  plainText,
  takeFrontMatter,
  takeTitleHeading,
  titleFrom,
} from './front-matter'
import { createLosses, type Losses } from './losses'
import { blocksJson, codeBlock } from './markdown-blocks'
import { readLabels } from './markdown-footnotes'
import { lineOf, readSource } from './markdown-source'
import { type Recognised, recogniseTemplate } from './recognise'

export interface ImportedMarkdown {
  /** From the front matter, else from a heading; null when the file names itself nowhere. */
  readonly title: string | null
  /** The file began with its title as a heading: no part of the content, and written again on export. */
  readonly titleHeading: boolean
  /** A whole body: it fits the schema, and every block has an id of its own. */
  readonly content: DocumentJson
  /** What could not be carried over, by line. */
  readonly losses: Loss[]
  /** The template that the file was recognised as, else `blank`. */
  readonly templateKey: string
  readonly sections: SectionKeys
}

/**
 * Reads a Markdown file (CommonMark with GitHub's tables, task lists, strikethrough, autolinks, footnotes).
 * `newId` gives a fresh block id with each call.
 *
 * @throws PublicError `schema` when quotes or lists are nested deeper than a document can hold; `too_large` when it has
 * more blocks, or a longer one, than a page can show (body-limits.ts).
 */
export function importMarkdown(text: string, { newId }: { newId: () => string }): ImportedMarkdown {
  const { root, text: source, yaml } = readSource(text)
  const losses = createLosses()
  const front = takeFrontMatter(root)
  if (front && !/^(draft)?$/i.test(front.status)) {
    losses.add(front.statusLine, 'The status in the file was not taken over: the document begins as a draft.')
  }
  const title = titleFrom(front?.title ?? yamlTitle(yaml) ?? namingHeading(root))
  const titleHeading = !front && takeTitleHeading(root, title)
  const headings = headingsOf(root)
  const recognised = recogniseTemplate(
    headings.map((node) => ({ title: plainText(node), level: node.depth })),
  )
  if (recognised) dropGuidance(root, headings, recognised)

  const { definitions, footnotes } = definitionsIn(root)
  const used = new Set<string>()
  const blocks = blocksJson(root.children, { losses, definitions, used, footnotes, source })
  for (const [name, definition] of definitions) {
    // Names for places in the file itself are often written down without need; nothing is lost with them.
    if (!used.has(name) && !definition.url.startsWith('#')) unusedLoss(definition, losses)
  }
  if (yaml !== null) {
    blocks.unshift(codeBlock('yaml', yaml))
    losses.add(1, 'The properties at the top of the file (YAML) were kept as a block of code.')
  }

  const placed = recognised ? placeSections(blocks, recognised) : { blocks, keys: new Map() }
  const { content, keys } = withIds(placed.blocks, newId, placed.keys)
  mindBody(content)
  return {
    title,
    titleHeading,
    content: checked(content),
    losses: losses.list(),
    templateKey: recognised?.template.key ?? 'blank',
    sections: keys,
  }
}

/** Takes guidance out of the recognised sections, line by line: what an author changed or added stays. */
function dropGuidance(root: Root, headings: readonly Heading[], { sections }: Recognised): void {
  let section: TemplateSection | undefined
  let count = 0
  const kept: RootContent[] = []
  for (const node of root.children) {
    if (node.type === 'heading') section = sections.get(count++)
    const rest = section && node.type === 'paragraph' ? withoutGuidance(node, section) : node
    if (rest) kept.push(rest)
  }
  if (count !== headings.length) throw new Error('Headings were counted differently.')
  root.children = kept
}

function withoutGuidance(paragraph: Paragraph, section: TemplateSection): Paragraph | null {
  const [first, ...rest] = paragraph.children
  if (first?.type !== 'text') return paragraph
  const end = guidanceLength(first.value, section)
  if (end === 0) return paragraph
  // The last line of guidance must end where the line ends: markup behind it makes it the author's.
  if (end === first.value.length && rest.length > 0 && rest[0]?.type !== 'break') return paragraph
  const below = first.value.slice(end + 1)
  const after = rest[0]?.type === 'break' && below === '' ? rest.slice(1) : rest
  if (below === '' && after.length === 0) return null
  return { ...paragraph, children: below === '' ? after : [{ ...first, value: below }, ...after] }
}

/** All `[name]: address` of a file (the first of a name counts), and the labels of its footnotes. */
export function definitionsIn(root: Root) {
  const [definitions, notes] = [new Map<string, Definition>(), [] as FootnoteDefinition[]]
  const stack: Nodes[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node)
    if (node.type === 'footnoteDefinition') notes.push(node)
    if (!('children' in node) || leaves.has(node.type)) continue
    const children = node.type === 'details' ? [...(node.summary ?? []), ...node.children] : node.children
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index] as Nodes)
  }
  return { definitions, footnotes: readLabels(notes) }
}

const leaves: ReadonlySet<string> = new Set(['paragraph', 'heading', 'table'])

const unusedLoss = (definition: Definition, losses: Losses): void =>
  losses.add(
    lineOf(definition),
    `The link definition “${definition.label ?? definition.identifier}” is used nowhere and was left out.`,
  )

/**
 * Brings recognised headings to the template's level (with what stands in them), and gives those that are
 * left without content a paragraph to write in, as a new document has it. Answers which block is which.
 */
function placeSections(blocks: readonly DocumentJson[], { sections }: Recognised) {
  const placed: DocumentJson[] = []
  const keys = new Map<DocumentJson, string>()
  let count = 0
  // While inside a heading that was moved: its level in the file, and by how much it moved.
  let moved: { from: number; by: number } | null = null
  for (const [index, block] of blocks.entries()) {
    placed.push(block)
    if (block.type !== 'heading') continue
    const section = sections.get(count++)
    const level = Number(block.attrs?.level)
    if (moved && level <= moved.from) moved = null
    if (section && section.level !== level) moved = { from: level, by: section.level - level }
    if (moved) block.attrs = { ...block.attrs, level: Math.min(Math.max(level + moved.by, 1), 6) }
    if (!section) continue
    keys.set(block, section.key)
    const next = blocks[index + 1]
    const isBare = next === undefined || next.type === 'heading'
    if (isBare && section.guidance !== null) placed.push(element('paragraph'))
  }
  return { blocks: placed, keys }
}

/**
 * The heading that names the whole file: the one it begins with, or its only heading of level 1. A file of
 * many equal parts (`# Summary`, `# Motivation`, …) names itself nowhere.
 */
function namingHeading(root: Root): string {
  const first = firstBlock(root)
  if (first?.type === 'heading') return plainText(first)
  const [only, ...more] = headingsOf(root).filter((node) => node.depth === 1)
  return only && more.length === 0 ? plainText(only) : ''
}

const yamlTitle = (yaml: string | null): string | null =>
  /^title:[ \t]*(["']?)(.+)\1[ \t]*$/m.exec(yaml ?? '')?.[2] ?? null

/** The body as the schema writes it: marks in order, defaults filled. */
function checked(content: DocumentJson): DocumentJson {
  try {
    const node = contentSchema.nodeFromJSON(content)
    node.check()
    return node.toJSON() as DocumentJson
  } catch (cause) {
    throw new PublicError('schema', { detail: 'The importer made a body that the schema refuses.', cause })
  }
}
