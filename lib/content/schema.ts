import {
  type AnyExtension,
  type Attribute,
  type Attributes,
  Extension,
  getSchema,
  Mark,
  Node,
} from '@tiptap/core'
import { Link } from '@tiptap/extension-link'
import { TaskItem, TaskList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import type { Schema } from '@tiptap/pm/model'
import StarterKit from '@tiptap/starter-kit'
import {
  type AttributeRule,
  isIdentified,
  isLegalBlockId,
  markAttributes,
  nodeAttributes,
  validatorOf,
} from './attribute'
import { isFollowable, isKeepable } from './link-address'
import { AttachedFile } from './nodes/attached-file'
import { Callout } from './nodes/callout'
import { Decision } from './nodes/decision'
import { Details } from './nodes/details'
import { Footnote, FootnoteReference } from './nodes/footnote'
import { Formula } from './nodes/formula'
import { Image } from './nodes/image'
import { Mention } from './nodes/mention'

/**
 * What a body may contain. The browser's editor takes exactly `contentExtensions` and adds view-only ones;
 * the server builds `contentSchema` from the same list, without a DOM.
 *
 * Any change to nodes, marks, attributes or content expressions raises `schemaVersion`: the ProseMirror
 * binding *deletes from the shared document* whatever its schema cannot build, so a client with another
 * version must be turned away before it receives anything.
 */
export const schemaVersion = 2

/** Nodes that carry a stable `id`: every block. Give this list to @tiptap/extension-unique-id as `types`. */
export const blockTypes: readonly string[] = Object.keys(nodeAttributes).filter(isIdentified)

/**
 * The `id` of every block, defined as @tiptap/extension-unique-id defines it (name, `data-id`, default null),
 * so that the schema is the same with and without that extension. `keepOnSplit: false`: of two halves one
 * keeps the id. Give unique-id no attribute of its own (`addGlobalAttributes: () => []`): its reading from
 * pasted HTML takes any text, and illegal values make ProseMirror throw. This priority is above unique-id's
 * 10,000, since Tiptap reads `keepOnSplit` from the first definition.
 */
const BlockId = Extension.create({
  name: 'blockId',
  priority: 10_001,
  addGlobalAttributes() {
    return [{ types: [...blockTypes], attributes: { id: blockIdAttribute } }]
  },
})

const blockIdAttribute = {
  default: null,
  keepOnSplit: false,
  parseHTML: (element: HTMLElement) => {
    const id = element.getAttribute('data-id')
    return isLegalBlockId(id) ? id : null
  },
  renderHTML: ({ id }: Record<string, unknown>) => (id ? { 'data-id': id } : {}),
}

/** The extension with the attributes of our table and no others, each with a validator. */
function withRules(extension: AnyExtension): AnyExtension {
  if (!(extension instanceof Node || extension instanceof Mark)) return extension
  const rules = (extension instanceof Node ? nodeAttributes : markAttributes)[extension.name]
  if (!rules) return extension
  const { name } = extension
  const attributes = {
    addAttributes(this: { parent?: (() => Attributes) | null }) {
      const given = this.parent?.() ?? {}
      const entry = ([attribute, rule]: [string, AttributeRule]) => [
        attribute,
        {
          ...ruled(attribute, attribute === 'id' ? blockIdAttribute : given[attribute], rule),
          validate: validatorOf(name, attribute, rule),
        },
      ]
      return Object.fromEntries(Object.entries(rules).map(entry))
    },
  } as { addAttributes: () => Attributes }
  return extension instanceof Node ? extension.extend(attributes) : extension.extend(attributes)
}

/**
 * A definition whose reading from HTML gives legal values or nothing: ProseMirror throws at any other, and a
 * pasted `colspan="5000"` must cost that one attribute, not the whole paste.
 */
function ruled(name: string, given: Attribute | undefined, { allows }: AttributeRule): Partial<Attribute> {
  const parse = given?.parseHTML ?? ((element: HTMLElement) => plainValue(element.getAttribute(name)))
  return {
    ...given,
    parseHTML: (element: HTMLElement) => {
      const value: unknown = parse(element)
      return allows(value) ? value : undefined
    },
  }
}

const plainValue = (text: string | null): unknown =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : text

/**
 * The kit without what would write by itself (`trailingNode`: every reader would add a paragraph), what Yjs
 * does instead (`undoRedo`), and underline: Markdown has no word for it, and it reads as a link.
 */
const Kit = StarterKit.configure({
  undoRedo: false,
  trailingNode: false,
  underline: false,
  link: false,
}).extend({
  addExtensions() {
    const extensions: AnyExtension[] = this.parent?.() ?? []
    return extensions.map((extension) =>
      // Tiptap's code mark excludes every other; `[`name`](address)` is common in design documents.
      withRules(extension.name === 'code' ? (extension as Mark).extend({ excludes: 'code' }) : extension),
    )
  },
})

const SafeLink = Link.extend({
  addAttributes() {
    // As text, also where it looks like a number.
    const title = { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('title') }
    return { ...this.parent?.(), title }
  },
  parseHTML() {
    return [
      // A path beside an imported file is drawn without an address; this reads it back on paste.
      { tag: 'a[data-kept-href]', getAttrs: (element) => keptAddress(element as HTMLElement) },
      { tag: 'a[href]', getAttrs: (element) => isFollowable(element.getAttribute('href')) && null },
    ]
  },
  renderHTML({ mark }) {
    const { href, title } = mark.attrs as { href: unknown; title: unknown }
    const said = typeof title === 'string' ? { title } : {}
    if (isFollowable(href)) {
      const away = href.startsWith('#') ? {} : { target: '_blank', rel: 'noopener noreferrer nofollow' }
      return ['a', { href, ...away, ...said }, 0]
    }
    return ['a', { ...(isKeepable(href) ? { 'data-kept-href': href } : {}), ...said }, 0]
  },
}).configure({
  autolink: true,
  linkOnPaste: true,
  openOnClick: false,
  defaultProtocol: 'https',
  HTMLAttributes: { target: null, rel: null, class: null },
  isAllowedUri: (address) => isFollowable(address),
})

function keptAddress(element: HTMLElement): { href: string } | false {
  const href = element.getAttribute('data-kept-href')
  return isKeepable(href) ? { href } : false
}

/** What a table cell holds: no headings (they would be sections inside a table) and no further table. */
const cellContent = '(paragraph | bulletList | orderedList | taskList | codeBlock | image)+'

/** The extensions that make the schema. They do not touch the DOM until an editor is mounted with them. */
export const contentExtensions: AnyExtension[] = [
  BlockId,
  Kit,
  withRules(SafeLink),
  withRules(TaskList),
  withRules(TaskItem.configure({ nested: true })),
  withRules(Table.configure({ resizable: false })),
  withRules(TableRow),
  withRules(TableCell.extend({ content: cellContent })),
  withRules(TableHeader.extend({ content: cellContent })),
  Formula,
  ...[Callout, Details, Decision, Footnote, FootnoteReference, Image, AttachedFile, Mention].map(withRules),
]

/** The ProseMirror schema, as the server, the exporter and tests use it. */
export const contentSchema: Schema = getSchema(contentExtensions)
