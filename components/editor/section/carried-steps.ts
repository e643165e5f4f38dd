import * as Y from 'yjs'
import { type CarriedRun, itemsOf, stands } from '../../../lib/content/copy-block'

/**
 * What one's steps of undo have written stands in other characters once its block was made anew, by whomever: they are
 * told where, so that undo takes it back there.
 */
export function followInSteps(steps: Y.UndoManager, runs: readonly CarriedRun[]): void {
  const byClient = new Map<number, CarriedRun[]>()
  for (const run of runs) byClient.set(run.client, [...(byClient.get(run.client) ?? []), run])
  for (const step of [...steps.undoStack, ...steps.redoStack]) {
    const added = Y.createDeleteSet()
    for (const [client, ranges] of step.insertions.clients) {
      for (const { clock, len } of ranges) {
        for (const run of byClient.get(client) ?? []) {
          const from = Math.max(clock, run.clock)
          const length = Math.min(clock + len, run.clock + run.length) - from
          if (length > 0) addCharacters(added, run.text, run.index + from - run.clock, length)
        }
      }
    }
    if (added.clients.size > 0) step.insertions = Y.mergeDeleteSets([step.insertions, added])
  }
}

/** Adds the ids of the characters that stand in a text from `index` on. */
function addCharacters(
  set: ReturnType<typeof Y.createDeleteSet>,
  text: Y.XmlText,
  index: number,
  length: number,
): void {
  let at = 0
  for (const item of itemsOf(text)) {
    if (!stands(item) || !item.countable) continue
    const from = Math.max(index, at)
    const to = Math.min(index + length, at + item.length)
    if (to > from) {
      const { client, clock } = item.id
      const ranges = set.clients.get(client) ?? []
      set.clients.set(client, ranges)
      ranges.push({ clock: clock + from - at, len: to - from })
    }
    at += item.length
  }
}
