import { expect, test } from 'vitest'
import { dayWords, timelineOf, versionTitle } from '../../../components/version/timeline-rows'
import type { VersionAnswer } from '../../../lib/api-version'
import type { VersionReason } from '../../../lib/version'

const version = (
  number: number,
  at: Date,
  reason: VersionReason,
  name: string | null = null,
): VersionAnswer => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  documentId: '00000000-0000-4000-8000-000000000000',
  number,
  name,
  reason,
  hash: '0'.repeat(64),
  createdAt: at.toISOString(),
  createdBy: null,
  contributors: [],
})
const told = (versions: VersionAnswer[]) =>
  timelineOf(versions).map(({ rows }) =>
    rows.map((row) =>
      row.kind === 'version' ? row.version.number : row.versions.map(({ number }) => number),
    ),
  )

test('what somebody meant is listed; the rest is one fold between, by day', () => {
  const today = new Date(2026, 10, 26, 18)
  const yesterday = new Date(2026, 10, 25, 9)
  expect(
    told([
      version(9, today, 'burst'),
      version(8, today, 'before_restore'),
      version(7, today, 'status'),
      version(6, today, 'burst', 'For Friday'),
      version(5, today, 'burst'),
      version(4, yesterday, 'burst'),
      version(3, yesterday, 'large_deletion'),
      version(2, yesterday, 'burst'),
      version(1, yesterday, 'review'),
    ]),
  ).toEqual([
    [[9, 8], 7, 6, 5],
    [[4, 3, 2], 1],
  ])
})

test('days are called as people call them, and a version by its name or by why it was kept', () => {
  const now = new Date(2026, 10, 26, 18)
  expect(dayWords(new Date(2026, 10, 26, 1), now)).toBe('Today')
  expect(dayWords(new Date(2026, 10, 25, 23), now)).toBe('Yesterday')
  expect(dayWords(new Date(2026, 10, 23), now)).toBe('Monday 23 November')
  expect(dayWords(new Date(2025, 10, 23), now)).toMatch(/2025/)
  expect(versionTitle(version(1, now, 'burst'))).toBe('Edited')
  expect(versionTitle(version(1, now, 'burst', 'For Friday'))).toBe('For Friday')
})
