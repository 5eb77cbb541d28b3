// SPDX-License-Identifier: EUPL-1.2
// The browser's side of a passkey: one question to the authenticator, its answer as the server reads it.
import { client } from '@/api/client'
import { Problem } from '@/api/request'

const algorithms = [-7, -8, -257] // ES256, EdDSA, RS256

/** Are there passkeys at this address? Not under one in numbers, nor in the clear beyond this machine. */
export function passkeysHere(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window && !/^[\d.]+$|:/.test(location.hostname)
}

export function toText(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
}

const refusal = (code: string) => new Problem(400, { kind: 'invalid', message: { code, params: [] } })

/** What the authenticator answers; a gesture not made is a refusal like any other. */
async function answerOf<T extends AuthenticatorResponse>(ask: Promise<Credential | null>): Promise<{ id: string; response: T }> {
  try {
    const given = (await ask) as PublicKeyCredential | null
    if (given) return { id: given.id, response: given.response as T }
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'InvalidStateError') throw refusal('access.has_passkey')
    if (!(failure instanceof DOMException)) throw failure
  }
  throw refusal('ui.passkey.stopped')
}

export async function addPasskey(name: string, password: string) {
  const { asking, user, login, name: person, present } = await client.startPasskey(password)
  const { response } = await answerOf<AuthenticatorAttestationResponse>(navigator.credentials.create({
    publicKey: {
      challenge: toBytes(asking.challenge),
      rp: { id: asking.host, name: 'Relève' },
      user: { id: toBytes(user), name: login, displayName: person },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: present.map((id) => ({ type: 'public-key', id: toBytes(id) })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    },
  }))
  if (typeof response.getAuthenticatorData !== 'function') throw refusal('ui.passkey.too_old')
  return client.addPasskey(asking.ticket, name, { client_data: toText(response.clientDataJSON), authenticator_data: toText(response.getAuthenticatorData()) })
}

export async function enterWithPasskey() {
  const { ticket, challenge, host } = await client.startPasskeySignIn()
  const { id, response } = await answerOf<AuthenticatorAssertionResponse>(navigator.credentials.get({
    publicKey: { challenge: toBytes(challenge), rpId: host, userVerification: 'required' },
  }))
  if (!response.userHandle) throw refusal('access.wrong_passkey')
  return client.signInWithPasskey(ticket, {
    credential: id, user: toText(response.userHandle), client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.authenticatorData), signature: toText(response.signature),
  })
}
