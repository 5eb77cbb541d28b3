// SPDX-License-Identifier: EUPL-1.2
// Read once for all tests: what the oldest browsers do not know (e2e/oldest.mjs).
import { tooNew } from '../e2e/oldest.mjs'

const stays = [
  'Response.json', // what the fictional server is made of
  'String.prototype.toWellFormed', // Node's own requests are read by it
]

export const setup = (project) => project.provide('too_new', tooNew().filter((name) => !stays.includes(name)))
