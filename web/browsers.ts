// SPDX-License-Identifier: EUPL-1.2

/** The oldest that the pages are for: Edge, Chrome and Firefox as they end on Windows 7 and 8.1, which is what may be left
    to lead a crisis with. The library of tsconfig.json is what these know, and tests and journeys run with
    no more than that (e2e/oldest.mjs). */
export const browsers = ['chrome109', 'edge109', 'firefox115', 'safari16.4']
