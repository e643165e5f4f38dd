import type { ServerName } from './dialect'
import { type RowPlan, rowPlans } from './rows'
import type { Figures } from './scenario'
import type { ScenarioName } from './scenarios'

/** One run of one scenario at one server; null figures: it failed. */
export interface Run {
  readonly round: number
  readonly server: ServerName
  readonly scenario: ScenarioName
  readonly figures: Figures | null
}

export interface Row {
  readonly what: string
  readonly unit: string
  readonly ours: number | null
  readonly 'y-websocket': number | null
  readonly hocuspocus: number | null
  /** Ours to y-websocket of the same round, the middle of all rounds. */
  readonly ratio: number | null
  /** Least and greatest of those ratios; where there is none to compare with, of our figures. */
  readonly spread: string
  readonly rounds: number
  readonly budget: string
  readonly verdict: 'met' | 'MISSED' | ''
}

/** One row for each figure that was measured. */
export function rowsOf(runs: readonly Run[]): Row[] {
  return rowPlans.flatMap((plan) => {
    const measured = runs.filter(({ scenario }) => scenario === plan.scenario)
    const row = rowOf(plan, measured)
    return row.ours === null && row['y-websocket'] === null ? [] : [row]
  })
}

function rowOf(plan: RowPlan, runs: readonly Run[]): Row {
  const figure = (server: ServerName, round: number) => {
    const figures = runs.find((run) => run.server === server && run.round === round)?.figures
    return figures ? plan.of(figures) : undefined
  }
  const rounds = [...new Set(runs.map(({ round }) => round))]
  const all = (server: ServerName) => rounds.map((round) => figure(server, round)).filter(isNumber)
  const ours = all('ours')
  const ratios = rounds
    .map((round) => {
      const [mine, theirs] = [figure('ours', round), figure('y-websocket', round)]
      return isNumber(mine) && isNumber(theirs) && theirs > 0 ? mine / theirs : undefined
    })
    .filter(isNumber)
  const spreadOf = ratios.length > 0 ? ratios : ours
  return {
    what: plan.what,
    unit: plan.unit,
    ours: rounded(middle(ours)),
    'y-websocket': rounded(middle(all('y-websocket'))),
    hocuspocus: rounded(middle(all('hocuspocus'))),
    ratio: rounded(middle(ratios)),
    spread: spreadOf.length > 1 ? `${rounded(Math.min(...spreadOf))}–${rounded(Math.max(...spreadOf))}` : '',
    rounds: ours.length,
    budget: budgetText(plan),
    verdict: verdict(plan, middle(ours), middle(ratios)),
  }
}

function verdict({ budget, better }: RowPlan, ours: number | null, ratio: number | null): Row['verdict'] {
  if (budget === null || ours === null) return ''
  const within = (value: number | null, limit: number | undefined) =>
    value !== null && limit !== undefined && (better === 'less' ? value <= limit : value >= limit)
  return within(ours, budget.amount) || within(ratio, budget.ratio) ? 'met' : 'MISSED'
}

function budgetText({ budget, better, unit }: RowPlan): string {
  if (budget === null) return ''
  const sign = better === 'less' ? '<=' : '>='
  const amount = budget.amount === undefined ? [] : [`${sign} ${budget.amount} ${unit}`]
  const ratio = budget.ratio === undefined ? [] : [`${sign} ${budget.ratio} x`]
  return [...amount, ...ratio].join(' or ')
}

/** The median; null of nothing. */
function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

const isNumber = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value)

/** To three digits, or whole. */
const rounded = (value: number | null): number | null =>
  value === null ? null : Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))
