/** Characters that turn the order in which text is drawn, by what Unicode calls them (UAX 9). */
export const turningNames: Readonly<Record<string, string>> = {
  '\u061c': 'ALM',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
}

/** One of them, which may have code read otherwise than it runs (CVE-2021-42574). */
export const turning = new RegExp(`[${Object.keys(turningNames).join('')}]`)
/** Each of them, and by itself where a text is split at it. */
export const eachTurning = new RegExp(`(${turning.source})`, 'g')
