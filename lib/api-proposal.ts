import { z } from 'zod'
import type { DocumentJson } from './content/document-json'
import { type SuggestionPlace, suggestionChanges } from './content/suggestion/suggestion-shape'
import { suggestionStates } from './suggestion'

/** A node of a body as ProseMirror writes it; the schema judges it, not this. */
const node = z.looseObject({ type: z.string() }) as unknown as z.ZodType<DocumentJson>
const blockId = z.string().min(1).max(200)

export const suggestion = z.object({
  state: z.enum(suggestionStates),
  /** True: the text that it changes is another one now. */
  stale: z.boolean(),
  change: z.enum(suggestionChanges),
  place: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('words') }),
    z.object({ kind: z.literal('before'), gap: z.string() }),
    z.object({ kind: z.literal('after'), gap: z.string() }),
    z.object({
      kind: z.literal('blocks'),
      blockIds: z.array(z.string()).readonly(),
      after: z.string().nullable(),
    }),
  ]) satisfies z.ZodType<SuggestionPlace>,
  base: z.array(node).readonly(),
  replacement: z.array(node).readonly(),
})
export type SuggestionAnswer = z.infer<typeof suggestion>

/** What a thread proposes, when it is started. */
export const proposal = z.strictObject({
  /** Where it goes: in place of the thread's words, or before or behind them. */
  at: z.enum(['words', 'before', 'after']).default('words'),
  /** The white space between the words and that point. */
  gap: z.string().max(200).default(''),
  /** Whole blocks instead of words: those with these ids; none: new ones behind the block `after`, null: at the beginning. */
  blocks: z
    .strictObject({ ids: z.array(blockId).max(500), after: blockId.nullable().default(null) })
    .optional(),
  /** What its author saw there. Given, it is checked; left out, it is what stands there now. */
  base: z.array(z.unknown()).max(5_000).optional(),
  /** Plain text, or nodes as ProseMirror writes them. Empty: it only takes away. */
  replacement: z.union([z.string(), z.array(z.unknown()).max(5_000)]),
})
export type Proposal = z.input<typeof proposal>
