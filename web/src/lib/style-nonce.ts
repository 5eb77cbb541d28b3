// SPDX-License-Identifier: EUPL-1.2
/** Under the server's Content-Security-Policy a style element counts only with this word, another one in every reply. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.nonce ?? ''
