import type { Target } from './target'

/** What was measured once, by name; the unit stands in the name. */
export type Figures = Record<string, number>

/** @param seconds how long to measure, where that is a choice. */
export type Scenario = (target: Target, seconds: number) => Promise<Figures>
