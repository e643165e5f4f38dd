import { createLowlight } from 'lowlight'
import { describe, expect, test } from 'vitest'
import { hasGrammar, loadGrammar } from '../../../components/editor/code/code-grammars'
import { knownLanguage, languageNames } from '../../../components/editor/code/code-names'
import { movedTokens, type Token, tokensOf } from '../../../components/editor/code/code-tokens'

async function read(language: string, text: string): Promise<Token[]> {
  const grammar = await loadGrammar(language)
  if (!grammar) throw new Error(`no grammar for ${language}`)
  return tokensOf(createLowlight({ [language]: grammar }).highlight(language, text))
}
const words = (text: string, tokens: readonly Token[]) =>
  tokens.map(({ kind, from, to }) => [kind, text.slice(from, to)])

describe('the words of code', () => {
  test('are found with what they are', async () => {
    const text = 'func f(n int) { return "a" + 42 } // why'
    expect(words(text, await read('go', text))).toEqual([
      ['keyword', 'func'],
      ['name', 'f'],
      ['type', 'int'],
      ['keyword', 'return'],
      ['string', '"a"'],
      ['number', '42'],
      ['comment', '// why'],
    ])
  })
  test('keep their colour while the text before, behind and within them changes', async () => {
    const before = 'return "word" + 42'
    const tokens = await read('go', before)
    const moved = (text: string) => words(text, movedTokens(tokens, before, text))
    const all = [
      ['keyword', 'return'],
      ['string', '"word"'],
      ['number', '42'],
    ]
    expect(moved('if x { return "word" + 42')).toEqual(all)
    expect(moved('return "word" + 42 }')).toEqual(all)
    expect(moved('return "wxord" + 42')).toEqual([all[0], ['string', '"wxord"'], all[2]])
    expect(moved('return "wd" + 42')).toEqual([all[0], ['string', '"wd"'], all[2]])
    expect(moved('42')).toEqual([all[2]])
    expect(moved('')).toEqual([])
    for (const text of ['r', 'return "', '""', 'return + 42', 'a "word" b']) {
      for (const { from, to } of movedTokens(tokens, before, text)) {
        expect(from).toBeLessThan(to)
        expect(to).toBeLessThanOrEqual(text.length)
      }
    }
  })
})

describe('the name of a language', () => {
  test.each([
    ['JS', 'javascript'],
    ['ts title="a.ts"', 'typescript'],
    ['go{1,3}', 'go'],
    ['C++', 'cpp'],
    ['yml', 'yaml'],
    ['', ''],
    ['constructor', 'constructor'],
  ])('%s is %s', (given, name) => {
    expect(knownLanguage(given)).toBe(name)
  })
  test('that is offered has a grammar, but for those which are drawn or have none', () => {
    const without = languageNames.filter((name) => !hasGrammar(knownLanguage(name)))
    expect(without).toEqual(['hcl', 'math', 'mermaid'])
    expect(hasGrammar('constructor')).toBe(false)
  })
  test.each(languageNames.filter((name) => hasGrammar(knownLanguage(name))))('%s is loaded', async (name) => {
    expect(await loadGrammar(knownLanguage(name))).toBeTypeOf('function')
  })
})
