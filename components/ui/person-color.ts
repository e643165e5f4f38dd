/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, "relative luminance"). */
export function luminance(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16)
  const [r = 0, g = 0, b = 0] = [value >> 16, (value >> 8) & 255, value & 255].map((byte) => {
    const part = byte / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast of two colours `#rrggbb`, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const fallback = '#6b6860'

/** A person's colour as it may be drawn: `#rrggbb` or a neutral one for anything else. */
export const safeColor = (color: string): string => (/^#[0-9a-f]{6}$/i.test(color) ? color : fallback)

/** The ink to write with on a person's colour: the better of white and black, always AA (their worst case is 4.58). */
export const inkOn = (color: string): '#ffffff' | '#000000' =>
  contrast(safeColor(color), '#ffffff') >= 4.5 ? '#ffffff' : '#000000'
