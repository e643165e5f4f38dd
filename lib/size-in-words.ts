const kb = 1024
const mb = 1024 * kb

/** `2 MB`, `64 KB`, `120 bytes`: as people say it. */
export function sizeInWords(bytes: number): string {
  if (bytes < kb) return `${bytes} bytes`
  if (bytes < 1000 * kb) return `${Math.round(bytes / kb)} KB`
  const megabytes = bytes / mb
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`
}
