// SPDX-License-Identifier: EUPL-1.2
/** What the page holds, as a file among the downloads. */
export function saveAs(name: string, content: BlobPart, type = 'text/csv;charset=utf-8'): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
