import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { holdUndoStep } from '../../../components/editor/binding/held-step'

/** A text, and the steps of whoever writes in it. */
function world() {
  const text = new Y.Doc().getText('text')
  const steps = new Y.UndoManager(text)
  const write = (words: string) => text.insert(text.length, words)
  /** As with a caret that was put elsewhere. */
  const writeApart = (words: string) => {
    steps.stopCapturing()
    write(words)
  }
  return { steps, write, writeApart, said: () => text.toString() }
}

test('what is written while a step is held is one step, and what comes before and behind is none of it', () => {
  const { steps, write, writeApart, said } = world()
  write('before ')
  const end = holdUndoStep(steps)
  writeApart('one ')
  writeApart('two ')
  end()
  write('behind')
  steps.undo()
  expect(said()).toBe('before one two ')
  steps.undo()
  expect(said()).toBe('before ')
})

test('of two that are held at once, whichever ends last, each change afterwards is a step of its own again', () => {
  for (const order of ['first', 'last'] as const) {
    const { steps, writeApart, said } = world()
    const ends = [holdUndoStep(steps)]
    writeApart('one ')
    ends.push(holdUndoStep(steps))
    writeApart('two ')
    if (order === 'last') ends.reverse()
    ends[0]?.()
    writeApart('three ')
    ends[1]?.()
    writeApart('four ')
    writeApart('five')
    steps.undo()
    expect(said()).toBe('one two three four ')
    steps.undo()
    expect(said()).toBe('one two three ')
    steps.undo()
    expect(said()).toBe('')
  }
})

test('undo in the middle takes back what is there by then; what follows is not gathered with the step before', () => {
  const { steps, writeApart, said } = world()
  writeApart('before ')
  const end = holdUndoStep(steps)
  writeApart('one ')
  steps.undo()
  expect(said()).toBe('before ')
  writeApart('two ')
  writeApart('three')
  end()
  steps.undo()
  expect(said()).toBe('before ')
})
