import { expect, test } from 'vitest'
import { bodyLimits, mindBody } from '../../../lib/content/body-limits'
import { element } from '../../../lib/content/document-json'
import { PublicError } from '../../../lib/errors'

/** What is said of a body of so many rows with one cell each, and a paragraph in it. */
function said(rows: number): string {
  const row = element('tableRow', [element('tableCell', [element('paragraph')])])
  try {
    mindBody(element('doc', [element('table', Array(rows).fill(row))]))
    return 'taken'
  } catch (error) {
    return error instanceof PublicError ? `${error.code}: ${error.message}` : String(error)
  }
}

test('rows and cells are blocks, and the last one that fits is taken', () => {
  const fitting = Math.floor((bodyLimits.blocks - 1) / 3)
  expect(said(fitting)).toBe('taken')
  expect(said(fitting + 1)).toBe(
    'too_large: This file has more than 40,000 paragraphs, items and cells. Split it into several files, then import it again.',
  )
})
