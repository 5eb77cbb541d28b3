// SPDX-License-Identifier: EUPL-1.2
/** The head of a chain as people compare it, as src/respond/crisis/chain.cpp writes it: "3f2a 91c0 77be 0d14". */
export const shortHead = (hash: string) => hash.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')
