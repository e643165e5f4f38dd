/** Searches of up to this many characters are left to the engine, whose own take their product at worst. */
const shortMax = 16

/**
 * What `indexOf` answers, in time that grows with the text and never with its product with what is wanted. Of words
 * that repeat themselves (a line of dashes, a table of zeros, or what somebody made for the purpose) an engine's own
 * search of a thousand characters takes half a second for each million, in which a server answers nobody.
 */
export function placeOfText(text: string, wanted: string, from = 0): number {
  if (wanted.length <= shortMax) return text.indexOf(wanted, from)
  const head = wanted.slice(0, shortMax)
  let work = 0
  for (let at = text.indexOf(head, from); at >= 0; at = text.indexOf(head, at + 1)) {
    if (text.startsWith(wanted, at)) return at
    work += wanted.length
    if (work > text.length) return placeWithoutLookingBack(text, wanted, at + 1)
  }
  return -1
}

/** Knuth, Morris and Pratt, https://doi.org/10.1137/0206024: no character of the text is looked at twice. */
function placeWithoutLookingBack(text: string, wanted: string, from: number): number {
  // borders[i]: how many characters at the beginning are also the last ones before i.
  const borders = new Uint32Array(wanted.length + 1)
  for (let i = 1, held = 0; i < wanted.length; i += 1) {
    while (held > 0 && wanted.charCodeAt(i) !== wanted.charCodeAt(held)) held = borders[held] ?? 0
    if (wanted.charCodeAt(i) === wanted.charCodeAt(held)) held += 1
    borders[i + 1] = held
  }
  for (let at = from, held = 0; at < text.length; at += 1) {
    while (held > 0 && text.charCodeAt(at) !== wanted.charCodeAt(held)) held = borders[held] ?? 0
    if (text.charCodeAt(at) === wanted.charCodeAt(held)) held += 1
    if (held === wanted.length) return at + 1 - held
  }
  return -1
}
