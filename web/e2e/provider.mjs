// SPDX-License-Identifier: EUPL-1.2
// A real provider of identities for the journeys, in a process of its own: node e2e/provider.mjs PORT ADDRESS_OF_RELEVE.
// Whoever types a login and any password is that one; the login is a verified e-mail.
import Provider from 'oidc-provider'

const [port, releve] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'releve', client_secret: 'a secret: of both', redirect_uris: [`${releve}/oidc/essai/callback`], post_logout_redirect_uris: [`${releve}/sign-in`],
  }],
  pkce: { required: () => true },
  acrValues: ['eidas2'],
  scopes: ['openid', 'email', 'profile', 'siret'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], siret: ['siret'] },
  findAccount: (_, id) => ({
    accountId: id, claims: () => ({ sub: `sub of ${id}`, email: id, email_verified: true, name: `Personne ${id}`, siret: '26310012500017' }),
  }),
  cookies: { keys: ['of the journeys alone'] },
})
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'))
