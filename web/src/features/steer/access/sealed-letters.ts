// SPDX-License-Identifier: EUPL-1.2
// A printed code as a tired hand types it. The server reads it the same way (releve::read_letters).
export const sealed_length = 16

/** Capitals; I and L are read as 1, O as 0; whatever stands between letters and digits is gone. */
export function readLetters(typed: string): string {
  return typed.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0').replace(/[^0-9A-Z]/g, '')
}

/** In fours, as on the sheet, with a point for each sign to come. */
export function inFours(letters: string): string {
  return letters.padEnd(sealed_length, '·').replace(/(.{4})(?=.)/g, '$1-')
}
