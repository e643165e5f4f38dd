import type { SectionAnswer } from '../../lib/api-section'
import type { Beginning } from '../../lib/content/beginning'
import type { RedlineBlock } from '../../lib/content/redline/redline'
import { nothingYet } from '../editor/section/section-marks'
import { Skeleton } from '../ui/skeleton'
import { Block } from '../version/redline-block'
import { keyOf } from '../version/redline-folds'
import { type Names, Pieces } from '../version/redline-pieces'
import './beginning.css'

export interface TextBeginningProps {
  readonly beginning: Beginning
  readonly sections: readonly SectionAnswer[]
  /** Said in an empty section, by the key of the template's section. */
  readonly advice: Readonly<Record<string, string>>
  readonly canWrite: boolean
}

/**
 * The first screens of a text, drawn by the server, so that they are read while the page fetches its editor and what
 * was written since. They stand where they will stand in the editor, which takes their place.
 */
export function TextBeginning({ beginning, sections, advice, canWrite }: TextBeginningProps) {
  const { blocks, isWhole } = beginning
  const known = new Map(sections.map((section) => [section.id, section]))
  let section: SectionAnswer | undefined
  return (
    <div className="body is-beginning" data-reading aria-busy="true">
      {blocks.map((block, index) => {
        const isHeading = block.type === 'heading'
        if (isHeading) section = known.get(String(block.attrs.id))
        if (isHeading) return <Heading key={keyOf(block)} block={block} number={section?.number ?? ''} />
        const asked = section?.state === 'empty' ? advice[section.templateSection ?? ''] : undefined
        const isFirst = blocks[index - 1]?.type === 'heading'
        if (asked !== undefined && isFirst && block.inline?.length === 0) {
          return <p key={keyOf(block)} className="has-hint" data-hint={canWrite ? asked : nothingYet} />
        }
        return <Block key={keyOf(block)} block={withoutColours(block)} names={nobody} />
      })}
      {!isWhole && (
        <div
          role="status"
          aria-label="The rest of the text is on its way"
          className="flex flex-col gap-3 pt-1"
        >
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-[94%]" />
          <Skeleton className="h-4 w-[62%]" />
        </div>
      )}
    </div>
  )
}

/** As the editor draws it at its section (editor/section/section-marks.ts). */
function Heading({ block, number }: { block: RedlineBlock; number: string }) {
  const depth = number === '' ? Number(block.attrs.level) : number.split('.').length
  const Tag = `h${Math.min(6, Math.max(1, Number(block.attrs.level)))}` as 'h1'
  return (
    <Tag
      className={`section-heading depth-${Math.min(depth, 3)}`}
      data-number={number}
      aria-level={Math.min(depth + 1, 6)}
    >
      <Pieces pieces={block.inline ?? []} names={nobody} whole={null} />
    </Tag>
  )
}

/** The editor colours code when it stands. */
const withoutColours = (block: RedlineBlock): RedlineBlock => ({
  ...block,
  attrs: block.type === 'codeBlock' ? { ...block.attrs, language: null } : block.attrs,
  blocks: block.blocks?.map(withoutColours) ?? null,
})

const nobody: Names = new Map()
