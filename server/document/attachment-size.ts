import { imageSize } from 'image-size'
import type { PixelSize } from '../../lib/content/attachment'
import type { ImageType } from '../../lib/content/attachment-kind'

/**
 * So many bytes are looked at. A photograph may carry a preview and a colour profile before its size; in a hostile one
 * every byte more is a step of a loop.
 */
const headBytes: Record<ImageType, number> = {
  'image/png': 64,
  'image/gif': 64,
  'image/webp': 64,
  'image/avif': 64 * 1024,
  'image/jpeg': 512 * 1024,
  'image/svg+xml': 4 * 1024,
}

/** How large an image is as it is shown, read from its head; null: it does not say, or is damaged there. */
export function sizeOfImage(bytes: Uint8Array, type: ImageType): PixelSize | null {
  try {
    const { width, height, orientation } = imageSize(bytes.subarray(0, headBytes[type]))
    const size = { width: Math.round(width), height: Math.round(height) }
    if (!(size.width > 0 && size.height > 0)) return null
    // From 5 on a camera was held upright (Exif 2.32, tag 274): browsers turn the image.
    return orientation && orientation >= 5 ? { width: size.height, height: size.width } : size
  } catch {
    return null
  }
}
