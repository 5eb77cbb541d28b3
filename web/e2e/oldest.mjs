// SPDX-License-Identifier: EUPL-1.2
// What one of the oldest browsers (browsers.ts) does not know yet is taken away from the browser of the journeys, and from
// Node in the tests of the page: what works here works there. What one of them has never come to know stays, for the page
// asks for it first (showSaveFilePicker). The worker offline-worker.js keeps all of it but in its tests: in a browser no
// script comes before its own.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What stays all the same, each with its reason. */
const stays = new Set([
  'AuthenticatorAttestationResponse.prototype.getAuthenticatorData', // asked for first, and its absence is told: else there is no passkey to walk through
  'FileSystemFileHandle.prototype.createWritable', 'FileSystemWritableFileStream', // never without showSaveFilePicker, which is asked for first
  'Element.prototype.checkVisibility', // the journeys' own look at the page
  'Error.captureStackTrace', 'Error.stackTraceLimit', // of V8, which without them does not say where an error comes from
])

/** Of chrome109: chrome, 109. As text: the journeys run in a Node that reads no TypeScript. */
const oldest = () => [...readFileSync(new URL('../browsers.ts', import.meta.url), 'utf8').matchAll(/'([a-z]+)([\d.]+)'/g)].map(([, name, version]) => [name, Number(version)])

/** When one of them came to know it, later than this one, and as a thing of its own rather than behind a switch. */
function isTooNew({ support }, [browser, version]) {
  const since = [support[browser] ?? []].flat().filter((one) => !one.flags && !one.prefix && !one.alternative_name)
    .map(({ version_added }) => parseFloat(String(version_added).replace('≤', ''))).filter(Number.isFinite)
  return since.length > 0 && Math.min(...since) > version
}

const ofInterface = (name, member) => (name === 'Window' ? [member] : member.endsWith('_static') ? [`${name}.${member.slice(0, -7)}`] : [`${name}.prototype.${member}`])
// A type of the language names its static members as the others, and by its own name what makes it a global one.
const ofType = (name, member) => (member === name ? [name] : [`${name}.prototype.${member}`, `${name}.${member}`])

let known
/** Ways from the global object to what the oldest browsers do not know. */
export const tooNew = () => (known ??= read())

function read() {
  const { api, javascript: { builtins: { Intl, TypedArray, ...types } } } = createRequire(import.meta.url)('@mdn/browser-compat-data')
  const browsers = oldest()
  const late = ({ __compat }) => __compat !== undefined && browsers.some((one) => isTooNew(__compat, one))
  /** Of interfaces or types: themselves, or those of their members. */
  const among = (all, waysTo) => Object.entries(all).flatMap(([name, one]) =>
    late(one) ? [name] : Object.entries(one).filter(([member, what]) => member !== '__compat' && late(what)).flatMap(([member]) => waysTo(name, member)))
  const ways = [
    ...among(api, ofInterface), ...among(types, ofType), ...among(Intl, ofType).map((way) => `Intl.${way}`), ...among({ 'Int8Array.__proto__': TypedArray }, ofType),
  ]
  const steps = (way) => way.split('.').length
  return ways.filter((way) => !stays.has(way)).sort((a, b) => steps(b) - steps(a)) // what is gone leads no further
}

/** Runs in the browser, before the page's scripts: it knows nothing of what stands around it here. */
export function takeAway(ways) {
  for (const way of ways) {
    try {
      const keys = way.split('.').map((key) => (key.startsWith('@@') ? Symbol[key.slice(2)] : key))
      delete keys.slice(0, -1).reduce((at, key) => at[key], globalThis)[keys.at(-1)]
    } catch {
      // Not known here either, or held fast (Symbol.dispose).
    }
  }
}
