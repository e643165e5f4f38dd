import type { Figures } from './scenario'
import type { ScenarioName } from './scenarios'

/** What SYNC's table allows: a share of y-websocket's figure of the same round, or an amount in the row's unit. */
interface Budget {
  readonly ratio?: number
  readonly amount?: number
}

export interface RowPlan {
  readonly scenario: ScenarioName
  readonly what: string
  readonly unit: string
  readonly better: 'less' | 'more'
  /** Null: shown for its own sake. Where both are given, either is enough: a machine has slow hours. */
  readonly budget: Budget | null
  readonly of: (figures: Figures) => number | undefined
}

const kilobytes = (bytes: number | undefined) => bytes && bytes / 1_000
const megabytes = (bytes: number | undefined) => bytes && bytes / 1_000_000

export const rowPlans: readonly RowPlan[] = [
  {
    scenario: 'oneDocument',
    what: '(i) server CPU per delivery',
    unit: 'µs',
    better: 'less',
    budget: { ratio: 0.8 },
    of: (figures) => figures.cpuPerDeliveryUs,
  },
  {
    scenario: 'oneDocument',
    what: "(i) … with the database's",
    unit: 'µs',
    better: 'less',
    budget: null,
    of: (figures) => figures.cpuWithDatabasePerDeliveryUs,
  },
  {
    scenario: 'manyDocuments',
    what: '(ii) server CPU per delivery',
    unit: 'µs',
    better: 'less',
    budget: { ratio: 0.7 },
    of: (figures) => figures.cpuPerDeliveryUs,
  },
  {
    scenario: 'manyDocuments',
    what: "(ii) … with the database's",
    unit: 'µs',
    better: 'less',
    budget: null,
    of: (figures) => figures.cpuWithDatabasePerDeliveryUs,
  },
  {
    scenario: 'oneDocument',
    what: '(i) latency p50',
    unit: 'ms',
    better: 'less',
    budget: { ratio: 1 },
    of: (figures) => figures.p50Ms,
  },
  {
    scenario: 'oneDocument',
    what: '(i) latency p99',
    unit: 'ms',
    better: 'less',
    budget: { ratio: 1.5 },
    of: (figures) => figures.p99Ms,
  },
  {
    scenario: 'manyDocuments',
    what: '(ii) latency p99',
    unit: 'ms',
    better: 'less',
    budget: { ratio: 1.5 },
    of: (figures) => figures.p99Ms,
  },
  {
    scenario: 'oneCeiling',
    what: '(iii) one document x 50',
    unit: 'edits/s',
    better: 'more',
    budget: { amount: 12_800 },
    of: (figures) => figures.editsPerSecond,
  },
  {
    scenario: 'manyCeiling',
    what: '(iii) 200 documents x 3',
    unit: 'edits/s',
    better: 'more',
    budget: { amount: 12_000 },
    of: (figures) => figures.editsPerSecond,
  },
  {
    scenario: 'idle',
    what: '(iv) heap per connection',
    unit: 'KB',
    better: 'less',
    budget: { amount: 5 },
    of: (figures) => kilobytes(figures.heapPerConnectionBytes),
  },
  {
    scenario: 'idle',
    what: '(iv) RSS per connection',
    unit: 'KB',
    better: 'less',
    budget: { amount: 16 },
    of: (figures) => kilobytes(figures.rssPerConnectionBytes),
  },
  {
    scenario: 'joining',
    what: '(v) first sync',
    unit: 'ms',
    better: 'less',
    budget: { amount: 4, ratio: 0.35 },
    of: (figures) => figures.firstSyncMs,
  },
  {
    scenario: 'joining',
    what: '(v) server CPU per join',
    unit: 'ms',
    better: 'less',
    budget: { amount: 5, ratio: 0.31 },
    of: (figures) => figures.cpuPerJoinMs,
  },
  {
    scenario: 'joining',
    what: "(v) … with the database's",
    unit: 'ms',
    better: 'less',
    budget: null,
    of: (figures) => figures.cpuWithDatabasePerJoinMs,
  },
  {
    scenario: 'joining',
    what: '(v) 50 at once',
    unit: 'ms',
    better: 'less',
    budget: { amount: 130, ratio: 0.33 },
    of: (figures) => figures.fiftyAtOnceMs,
  },
  {
    scenario: 'oneDocument',
    what: 'durable acknowledgement p50',
    unit: 'ms',
    better: 'less',
    budget: { amount: 10 },
    of: (figures) => figures.savedP50Ms,
  },
  {
    scenario: 'oneDocument',
    what: 'durable acknowledgement p99',
    unit: 'ms',
    better: 'less',
    budget: { amount: 50 },
    of: (figures) => figures.savedP99Ms,
  },
  {
    scenario: 'stalled',
    what: '10 stalled readers: RSS',
    unit: '+MB',
    better: 'less',
    budget: { amount: 20 },
    of: (figures) => megabytes(figures.rssGrowthBytes),
  },
  {
    scenario: 'stalled',
    what: '… at its peak',
    unit: '+MB',
    better: 'less',
    budget: null,
    of: (figures) => megabytes(figures.peakGrowthBytes),
  },
]
