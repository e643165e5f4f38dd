import { ceiling } from './ceiling'
import { idle } from './idle'
import { joining } from './joining'
import type { Scenario } from './scenario'
import { stalled } from './stalled'
import { typing } from './typing'

export interface Listed {
  /** As `--only` names it. */
  readonly group: 'i' | 'ii' | 'iii' | 'iv' | 'v' | 'stalled'
  readonly about: string
  /** How many documents it wants to find, empty. */
  readonly documents: number
  readonly run: Scenario
}

const oneDocument = { documents: 1, clients: 50, typing: 5 }
const manyDocuments = { documents: 200, clients: 3, typing: 1 }

export const scenarios = {
  oneDocument: {
    group: 'i',
    about: 'one document, 50 clients, 5 typing 10 letters a second each',
    documents: 1,
    run: typing(oneDocument, { perSecond: 10 }),
  },
  manyDocuments: {
    group: 'ii',
    about: '200 documents, 3 clients each, one typing 5 letters a second',
    documents: 200,
    run: typing(manyDocuments, { perSecond: 5 }),
  },
  oneCeiling: {
    group: 'iii',
    about: 'edits a second until p99 passes 100 ms, one document, 50 clients',
    documents: 1,
    run: ceiling(oneDocument),
  },
  manyCeiling: {
    group: 'iii',
    about: 'edits a second until p99 passes 100 ms, 200 documents, 3 clients each',
    documents: 200,
    run: ceiling(manyDocuments),
  },
  idle: { group: 'iv', about: '1,000 idle connections over 100 documents', documents: 100, run: idle },
  joining: { group: 'v', about: 'joining the document automerge-paper', documents: 1, run: joining },
  stalled: {
    group: 'stalled',
    about: '10 readers that stop reading, 34 MB each',
    documents: 2,
    run: stalled,
  },
} as const satisfies Record<string, Listed>

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]
