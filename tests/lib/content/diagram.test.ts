import { describe, expect, test } from 'vitest'
import {
  diagramLine,
  maxDrawingElements,
  maxDrawingLength,
  parseDrawAnswer,
} from '../../../lib/content/diagram'

describe('what the frame answers is taken', () => {
  const drawn = { kind: 'drawn', id: 1, svg: '<svg><g/></svg>', width: 10, height: 20, title: 'a\n b' }
  test('as it is meant', () => {
    expect(parseDrawAnswer(drawn)).toEqual({ ...drawn, title: 'a b' })
    expect(parseDrawAnswer({ kind: 'ready' })).toEqual({ kind: 'ready' })
    const failed = { kind: 'failed', id: 2, message: ' no\n  end ', line: 3 }
    expect(parseDrawAnswer(failed)).toEqual({ ...failed, message: 'no end' })
    expect(parseDrawAnswer({ ...failed, line: 'x' })).toMatchObject({ line: null })
  })
  test.each([
    ['no object', null],
    ['another kind', { ...drawn, kind: 'navigate' }],
    ['no id', { ...drawn, id: '1' }],
    ['HTML', { ...drawn, svg: '<img src=x onerror=alert(1)>' }],
    ['a document type, whose entities grow', { ...drawn, svg: '<svg><!DOCTYPE x></svg>' }],
    ['something wider than any screen', { ...drawn, width: 1e9 }],
    ['no width', { ...drawn, width: Number.NaN }],
    ['too much text', { ...drawn, svg: `<svg>${'x'.repeat(maxDrawingLength)}</svg>` }],
    ['too many elements', { ...drawn, svg: `<svg>${'<g></g>'.repeat(maxDrawingElements)}</svg>` }],
  ])('and not as %s', (_, answer) => {
    expect(parseDrawAnswer(answer)).toBeNull()
  })
})

test('a line is told as the person counts it: with front matter, comments and blank lines', () => {
  expect(diagramLine('flowchart LR\n a --> b', 2)).toBe(2)
  expect(diagramLine('---\ntitle: x\n---\nflowchart LR\n a --> b', 2)).toBe(5)
  expect(diagramLine('\n%% of the store\nflowchart LR\n%% again\n a --> b', 2)).toBe(5)
  expect(diagramLine('%%{init: {}}%%\nflowchart LR\n a --> b', 2)).toBe(3)
  expect(diagramLine('flowchart LR', 9)).toBe(1)
})
