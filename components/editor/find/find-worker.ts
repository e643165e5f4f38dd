import { type FindHit, hitsIn } from '../../../lib/content/find/find'

/** What the page asks: texts under numbers, to be looked through. */
export interface FindTask {
  readonly source: string
  readonly flags: string
  /** Null: nothing is to be put in place of what is found. */
  readonly template: string | null
  readonly most: number
  readonly texts: readonly string[]
}

/** For each text what was found in it. */
export type FindAnswer = readonly (readonly FindHit[])[]

/**
 * Runs a regular expression that somebody typed. `(a+)+$` over a few dozen letters takes longer than anybody waits,
 * and nothing can stop it but the end of the thread that it runs in.
 */
const scope = self as unknown as {
  onmessage: (event: MessageEvent<FindTask>) => void
  postMessage: (answer: FindAnswer) => void
}
scope.onmessage = ({ data: { source, flags, template, most, texts } }) => {
  const regex = new RegExp(source, flags)
  let left = most
  const answer: FindAnswer = texts.map((text) => {
    const hits = hitsIn(text, regex, left, template ?? undefined)
    left -= hits.length
    return hits
  })
  scope.postMessage(answer)
}
