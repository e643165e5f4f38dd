import type { Random } from '../support/random'
import { varUint } from './frames'

/** Changes a message in one to three of the ways in which bytes go wrong, or are made to. */
export function mutate(
  message: Uint8Array,
  others: readonly Uint8Array[],
  { between, pick }: Random,
): Uint8Array {
  let bytes = message
  for (let times = between(1, 3); times > 0; times -= 1) bytes = once(bytes, others, { between, pick })
  return bytes
}

const ways = ['flip', 'cut', 'splice', 'repeat', 'number', 'byte', 'drop', 'swap'] as const
const numbers = [0, 1, 127, 128, 2 ** 21, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2n ** 53n, 2n ** 64n]

function once(
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  { between, pick }: Pick<Random, 'between' | 'pick'>,
): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(between(0, 255))
  const at = between(0, bytes.length - 1)
  const to = between(at, bytes.length)
  const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
  switch (pick(ways)) {
    case 'flip': {
      const flipped = bytes.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << between(0, 7))
      return flipped
    }
    case 'cut':
      return bytes.slice(0, at)
    case 'splice': {
      const other = pick(others)
      return join(bytes.slice(0, at), other.slice(between(0, Math.max(0, other.length - 1))))
    }
    case 'repeat':
      return join(bytes.slice(0, to), bytes.slice(at))
    case 'number':
      return join(bytes.slice(0, at), varUint(pick(numbers)), bytes.slice(at + 1))
    case 'byte':
      return join(bytes.slice(0, at), [between(0, 255)], bytes.slice(at))
    case 'drop':
      return join(bytes.slice(0, at), bytes.slice(to))
    case 'swap': {
      const middle = bytes.slice(at, to).reverse()
      return join(bytes.slice(0, at), middle, bytes.slice(to))
    }
  }
}
