import { expect, test } from 'vitest'
import { isTooDear, maxSvgElements } from '../../../lib/content/svg-cost'

const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inner}</svg>`
const ladder = (rung: (below: string) => string, count = 20) =>
  Array.from({ length: count }, (_, n) => `<g id="a${n + 1}">${rung(`a${n}`)}</g>`).join('')
const ground = '<g id="a0"><rect width="5" height="5"/></g>'

test.each([
  [
    'by use',
    `${ladder((below) => `<use href="#${below}"/><use xlink:href='#${below}'/>`)}<use href="#a20"/>`,
  ],
  [
    'by masks',
    `${ladder((below) => `<rect mask="url(#${below})"/><rect mask="url( '#${below}' )"/>`)}<rect mask="url(#a20)"/>`,
  ],
  [
    'by classes',
    `<style>${Array.from({ length: 21 }, (_, n) => `.m${n}{mask:url(#a${n})}`).join('')}</style>${ladder(
      (below) => `<rect class="x m${below.slice(1)}"/><rect class="m${below.slice(1)}"/>`,
    )}<rect class="m20"/>`,
  ],
  [
    'by use under another name',
    `${ladder((below) => `<_:use href="#${below}"/><é:use href="#${below}"/>`)}<use href="#a20"/>`,
  ],
  [
    'by characters that stand for others',
    `${ladder((below) => `<use href="&#35;${below}"/><use href="#%61${below.slice(1)}"/>`)}<use href="#a20"/>`,
  ],
  [
    'by escapes in styles',
    `${ladder((below) => `<rect style="fill:u\\72l(#${below})"/><rect style="fill:u\\72l(#${below})"/>`)}<rect fill="url(#a20)"/>`,
  ],
  [
    'by animations',
    `${ladder((below) => `<use><set attributeName="href" to="#${below}"/></use>`.repeat(2))}<use href="#a20"/>`,
  ],
  ['by a drawing within it', '<image href="data:image/svg+xml,%3Csvg/%3E"/>'],
  [
    'by style sheets under another name',
    `<_:style>${Array.from({ length: 21 }, (_, n) => `.m${n}{mask:url(&#35;a${n})}`).join('')}</_:style>${ladder(
      (below) => `<rect class="m${below.slice(1)}"/>`.repeat(2),
    )}<rect class="m20"/>`,
  ],
  ['behind what is no tag', `<?x <a" ?>${ladder((below) => `<use href="#${below}"/>`.repeat(2))}<?x "> ?>`],
  [
    'by ids that stand behind others',
    `${Array.from({ length: 20 }, (_, n) => `<g data-x=' id="x"' id="a${n + 1}">${`<use href="#a${n}"/>`.repeat(2)}</g>`).join('')}<use href="#a20"/>`,
  ],
  [
    'by styles of their own',
    `${ladder((below) => `<rect style="fill:url(#${below})"/><rect style="fill:url(#${below})"/>`)}<rect fill="url(#a20)"/>`,
  ],
])('a drawing that shows itself again and again %s is too dear', (_how, inner) => {
  expect(inner.length).toBeLessThan(4_000)
  expect(isTooDear(svg(ground + inner))).toBe(true)
})

test('one of too many elements is too dear, and nesting without end is found out soon', () => {
  expect(isTooDear(svg('<rect/>'.repeat(maxSvgElements + 2)))).toBe(true)
  expect(isTooDear(svg('<g id="x">'.repeat(200_000)))).toBe(true)
})

test('a megabyte of beginnings without ends is read once', () => {
  for (const part of [
    '<!--',
    '<![CDATA[',
    '<style>',
    '<a b="',
    "<a '",
    '<a ',
    '<a<',
    '</a',
    'a{',
    '<style>a',
    '<g id="x" ',
    'a',
    '<a"',
    '<a\'"',
    '"',
    ' id',
    ' id = ',
    '<style>a{b:url(#',
    'a,',
    'url(#a) ',
    '<_:style ',
  ]) {
    // What it makes of them does not matter; that it comes to an end does.
    const much = part.repeat(1_000_000 / part.length)
    isTooDear(svg(much))
    isTooDear(svg(`<${much}`))
    isTooDear(svg(`<style>${much}{fill:url(#a)} *{mask:${much}}</style>${'<g/>'.repeat(40_000)}`))
  }
  const chain = Array.from({ length: 20_000 }, (_, n) => `<g id="a${n}"><use href="#a${n + 1}"/></g>`)
  expect(isTooDear(svg(chain.join('')))).toBe(true)
})

test('ordinary drawings are not', () => {
  const arrows = '<path marker-end="url(#arrow)" d="M0 0"/>'.repeat(2_000)
  const gradients = Array.from(
    { length: 100 },
    (_, n) =>
      `<linearGradient id="g${n}" xlink:href="#g0"><stop/><stop/></linearGradient><rect class="c${n}"/>`,
  ).join('')
  const classes = Array.from({ length: 100 }, (_, n) => `.c${n}{fill:url(#g${n});}`).join('')
  const clips = '<clipPath id="c"><rect class="c1"/></clipPath><g clip-path="url(#c)"><rect/></g>'
  expect(
    isTooDear(
      svg(
        `<style>${classes}</style><defs><marker id="arrow"><path/></marker></defs>${arrows}${gradients}${clips}`,
      ),
    ),
  ).toBe(false)
  const letters = `<defs><g id="glyph"><path/></g></defs>${'<use href="#glyph"/>'.repeat(9_000)}`
  expect(isTooDear(svg(letters))).toBe(false)
  expect(isTooDear(svg('<g id="me"><use href="#me"/></g>'))).toBe(false)
  expect(isTooDear(svg('<!-- <use href="#a"/> --><text>a &lt;b&gt;</text>'))).toBe(false)
})
