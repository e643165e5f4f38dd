import { expect, test } from 'vitest'
import { isTimeZone, lastDigestMoment } from '../../../lib/inbox/digest-time'

const last = (now: string, timeZone: string, hour = 9) =>
  new Date(lastDigestMoment(Date.parse(now), { timeZone, hour })).toISOString()

test('nine o’clock is that of the person', () => {
  expect(last('2026-11-26T08:59:59Z', 'UTC')).toBe('2026-11-25T09:00:00.000Z')
  expect(last('2026-11-26T09:00:00Z', 'UTC')).toBe('2026-11-26T09:00:00.000Z')
  expect(last('2026-11-26T08:00:00Z', 'Europe/Berlin')).toBe('2026-11-26T08:00:00.000Z')
  expect(last('2026-11-26T07:59:59Z', 'Europe/Berlin')).toBe('2026-11-25T08:00:00.000Z')
  expect(last('2026-11-26T13:00:00Z', 'America/New_York')).toBe('2026-11-25T14:00:00.000Z')
  // Fourteen hours ahead: it is tomorrow there already.
  expect(last('2026-11-26T12:00:00Z', 'Pacific/Kiritimati')).toBe('2026-11-25T19:00:00.000Z')
  expect(last('2026-11-26T19:00:00Z', 'Pacific/Kiritimati')).toBe('2026-11-26T19:00:00.000Z')
  expect(last('2026-11-26T03:15:00Z', 'Asia/Kathmandu')).toBe('2026-11-26T03:15:00.000Z')
})

test('a clock that is set on or back moves it with itself', () => {
  // Berlin, 29 March 2026: from 02:00 to 03:00; 25 October 2026: from 03:00 to 02:00.
  expect(last('2026-03-29T08:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z')
  expect(last('2026-10-25T09:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T08:00:00.000Z')
  expect(last('2026-03-29T12:00:00Z', 'Europe/Berlin', 2)).toMatch(/^2026-03-29T0[01]:00/)
})

test('there is exactly one such moment a day, whatever the zone', () => {
  for (const timeZone of ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia']) {
    for (const hour of [0, 9, 23]) {
      const moments = new Set<number>()
      const from = Date.UTC(2026, 9, 20, 0, 7)
      for (let at = from; at < from + 14 * 24 * 3_600_000; at += 20 * 60_000) {
        const moment = lastDigestMoment(at, { timeZone, hour })
        expect(moment).toBeLessThanOrEqual(at)
        expect(at - moment).toBeLessThanOrEqual(25 * 3_600_000)
        moments.add(moment)
      }
      expect(`${timeZone} ${hour}: ${moments.size}`).toMatch(/: 1[45]$/)
    }
  }
})

test('a zone is one that this machine knows', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true)
  for (const none of ['', 'Mars/Olympus', '../etc/passwd', 'UTC\r\nBcc: x', 'A'.repeat(500)]) {
    expect(isTimeZone(none)).toBe(false)
  }
})
