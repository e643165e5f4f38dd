export interface Tip {
  /** A few words. Never the only place where something is said. */
  readonly text: string
  /** As it is drawn for this machine, for example `⌘B`. */
  readonly shortcut?: string | undefined
  /** Default: bottom. */
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined
}

/** Spread on an element, it has `text` shown beside it on hover and keyboard focus (page-tip.tsx). */
export const tip = ({ text, shortcut, side }: Tip): Record<`data-tip${string}`, string> => ({
  'data-tip': text,
  ...(shortcut ? { 'data-tip-shortcut': shortcut } : {}),
  ...(side ? { 'data-tip-side': side } : {}),
})
