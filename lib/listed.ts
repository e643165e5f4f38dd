/** Names as a sentence has them: `Ada`, `Ada and Grace`, `Ada, Grace and Linus`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
