import { describe, expect, it } from 'vitest'
import { everything, filterAddress, isNarrowed, parseFilter } from '../../components/home/home-filter'
import { importRefusal } from '../../components/home/import-refusal'
import { mergeFindings, tellingWords } from '../../components/home/similar'
import { titleError } from '../../components/home/title-error'
import { safePath } from '../../components/shell/safe-path'
import { signInSentence } from '../../components/shell/sign-in-errors'
import { parseTheme } from '../../components/shell/theme'
import { initialsOf } from '../../components/ui/avatar'
import { greetingWords, whenWords } from '../../components/ui/when-words'
import { maxImportBytes, normaliseTitle } from '../../lib/document'
import type { PublicError } from '../../lib/errors'
import { readUpload } from '../../server/document/upload'

const now = new Date(2026, 10, 22, 9, 30)
const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  whenWords(new Date(year, month - 1, day, hour, minute), now)

describe('how long ago', () => {
  it('is said as people would', () => {
    expect(at(2026, 11, 22, 9, 30)).toBe('just now')
    expect(at(2026, 11, 22, 9, 27)).toBe('3 min ago')
    expect(at(2026, 11, 22, 7, 15)).toBe('2 h ago')
    expect(at(2026, 11, 21, 20)).toBe('yesterday')
    expect(at(2026, 11, 20, 23, 59)).toBe('2 days ago')
    expect(at(2026, 11, 1)).toBe('3 weeks ago')
    expect(at(2026, 3, 4)).toBe('March')
    expect(at(2026, 10, 4)).toBe('7 weeks ago')
    expect(at(2025, 12, 31)).toBe('December 2025')
    expect(at(2025, 3, 4)).toBe('March 2025')
  })

  it('counts days by the calendar, and hours across midnight', () => {
    const early = new Date(2026, 10, 22, 0, 20)
    expect(whenWords(new Date(2026, 10, 21, 23, 50), early)).toBe('30 min ago')
    expect(whenWords(new Date(2026, 10, 21, 22, 10), early)).toBe('2 h ago')
    expect(whenWords(new Date(2026, 10, 21, 8), early)).toBe('yesterday')
  })

  it('forgives a clock that runs ahead', () => {
    expect(at(2026, 11, 22, 9, 45)).toBe('just now')
  })

  it('greets by the hour', () => {
    expect([4, 5, 11, 12, 17, 18, 23].map(greetingWords)).toEqual([
      'Good evening',
      'Good morning',
      'Good morning',
      'Good afternoon',
      'Good afternoon',
      'Good evening',
      'Good evening',
    ])
  })
})

describe('where a sign-in may end', () => {
  it('is a path of this site and nothing else', () => {
    expect(safePath('/d/1?x=2')).toBe('/d/1?x=2')
    for (const bad of [
      undefined,
      '',
      'd/1',
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/\n/x',
      'javascript:alert(1)',
    ]) {
      expect(safePath(bad), String(bad)).toBe('/')
    }
  })

  it('has a sentence for every way in which it fails', () => {
    expect(signInSentence(undefined)).toBeNull()
    expect(signInSentence('OAuthCallback')).toMatch(/not completed/)
    expect(signInSentence('<script>')).toMatch(/did not work/)
  })
})

describe('the filter of the home page', () => {
  it('survives its own address', () => {
    const filter = { q: 'a & b', mine: true, status: 'in_review' } as const
    const address = new URL(filterAddress(filter), 'http://localhost')
    expect(parseFilter(address.searchParams)).toEqual(filter)
    expect(filterAddress(everything)).toBe('/')
    expect(isNarrowed(everything)).toBe(false)
  })

  it('leaves out what it does not know', () => {
    expect(parseFilter(new URLSearchParams('owner=grace&status=lost&q=%20'))).toEqual(everything)
  })
})

describe('similar documents', () => {
  it('are asked for by the words that tell something', () => {
    expect(tellingWords('A design for the payment of retries')).toEqual(['payment', 'retries'])
    expect(tellingWords('the new doc')).toEqual([])
    expect(tellingWords('Überprüfung')).toEqual(['überprüfung'])
  })

  it('come first where more words found them', () => {
    const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(
      mergeFindings([
        [a, b],
        [b, c],
      ]),
    ).toEqual([b, a, c])
  })
})

describe('a file that cannot be imported', () => {
  const file = (name: string, size: number, type = '') => ({ name, size, type })

  it('is one that the server would not read either: names decide on both sides, by one rule', async () => {
    const server = async (name: string) => {
      const form = new FormData()
      form.set('file', new File(['# Retries'], name, { type: 'text/markdown' }))
      const body = new Response(form)
      const request = new Request('http://localhost/import', {
        method: 'POST',
        headers: body.headers,
        body: await body.arrayBuffer(),
      })
      return readUpload(request).then(
        () => 'read',
        (error: PublicError) => error.code,
      )
    }
    for (const name of ['a.md', 'a.markdown', 'A.MD', 'notes.txt.md']) {
      expect([name, importRefusal([file(name, 9)]), await server(name)]).toEqual([name, null, 'read'])
    }
    for (const name of ['a.mdown', 'a.txt', 'README', 'a.md.zip', 'md', 'a.html']) {
      expect(importRefusal([file(name, 9, 'text/markdown')]), name).toMatch(/ends in \.md/)
      expect(await server(name), name).toBe('unsupported_media')
    }
  })

  it('is refused before it is sent, with the reason', () => {
    expect(importRefusal([file('a.md', 10)])).toBeNull()
    expect(importRefusal([file('a.md', maxImportBytes)])).toBeNull()
    expect(importRefusal([file('big.md', 20 * 1024 * 1024)])).toMatch(/20 MB.*2 MB/)
    expect(importRefusal([file('a.png', 10, 'image/png')])).toMatch(/Markdown/)
    expect(importRefusal([file('a.md', 0)])).toMatch(/empty/)
    expect(importRefusal([file('a.md', 1), file('b.md', 1)])).toMatch(/One file/)
    expect(importRefusal([])).toMatch(/no file/)
  })
})

describe('a title that is none', () => {
  it('is explained for each reason that lib/document.ts has', () => {
    for (const [title, reason] of [
      ['   ', /needs a title/],
      ['x'.repeat(201), /at most 200/],
      ['a\u0000b', /cannot be shown/],
      ['a\u202Eb', /cannot be shown/],
    ] as const) {
      expect(normaliseTitle(title)).toBeNull()
      expect(titleError(title)).toMatch(reason)
    }
  })
})

describe('small things', () => {
  it('takes initials of any script', () => {
    expect(
      ['Ada Lovelace', 'Maria Anna von Salzburg', 'grace', ' ', '山田 太郎', '🦊 fox'].map(initialsOf),
    ).toEqual(['AL', 'MS', 'G', '?', '山太', '🦊F'])
  })

  it('does not trust the theme of a cookie', () => {
    expect(parseTheme('dark')).toBe('dark')
    expect(parseTheme('"><script>')).toBe('system')
    expect(parseTheme(undefined)).toBe('system')
  })
})
