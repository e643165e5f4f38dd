import { blocksWithin, entriesOf, terminologyIn } from '../../lib/content/glossary'
import { outlineOf } from '../../lib/content/outline'
import { readBody } from '../../lib/content/read-body'
import { type RestWork, restJob } from './rested'
import { readSections } from './store'
import { mayHoldTerms, writeTerms } from './term-store'
import { loadBody } from './update-log'

/** Keeps the list of all terms: reads the glossaries of texts that rest. */
export const termReading: RestWork = {
  table: 'document_term_reading',
  // Nobody waits for it, and reading a large text takes a third of a second.
  restMs: 60_000,
  waitMs: null,
  failure: 'The glossary of a text could not be read.',
  async read(tx, documentId) {
    if (!(await mayHoldTerms(tx, documentId))) return
    const doc = readBody((await loadBody(tx, documentId)).update)
    const keys = await readSections(tx, documentId)
    const sections = terminologyIn(outlineOf(doc), (headingId) => keys.get(headingId) ?? null)
    await writeTerms(tx, documentId, entriesOf(blocksWithin(doc, sections)))
  },
}

export const termJob = restJob('reading glossaries', 20_000, termReading)
