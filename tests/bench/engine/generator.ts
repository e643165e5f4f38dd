import type { Figures } from './scenario'
import { type ScenarioName, scenarios } from './scenarios'
import { Target, type TargetPlace } from './target'

/** What the generator's process is told, and answers. */
export interface Order {
  readonly scenario: ScenarioName
  readonly seconds: number
  readonly place: TargetPlace
}

export type Outcome = { readonly figures: Figures } | { readonly failure: string }

// A process of its own: its work must not stand in the server's figures, nor its garbage in their delays.
process.once('message', (order: Order) => {
  const { scenario, seconds, place } = order
  const answer = (outcome: Outcome) => process.send?.(outcome, () => process.exit(0))
  scenarios[scenario].run(new Target(place), seconds).then(
    (figures) => answer({ figures }),
    (error: unknown) => answer({ failure: (error as Error).stack ?? String(error) }),
  )
})
