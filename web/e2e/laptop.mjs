// SPDX-License-Identifier: EUPL-1.2
// The crisis laptop on its isolated switch: plain HTTP under a name, so that the browser gives it neither a service worker nor
// a clipboard; afterwards its journal is taken in by the server.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { button, freePort, launch, looked, need, openWindow, until, word } from './house.mjs'
import { activated } from './room.mjs'

const name = 'portable.test'

/** `releve serve --pack` as the switch reaches it; the first link that it tells is that of the room. */
async function startLaptop(releve, folder, pack, passphrase) {
  const port = await freePort()
  const base = `http://${name}:${port}`
  let said = ''
  const child = spawn(releve, ['--language', 'fr', 'serve', '--data', folder, '--port', String(port), '--origin', base, '--pack', pack, '--passphrase-file', passphrase], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
  const link = await until('the laptop\'s link', () => {
    need(child.exitCode === null, `releve ended: ${said}`)
    return /http:\/\/[\w.]+:\d+(\/\S+)/.exec(said)?.[1]
  })
  return { base, link, stop }
}

export async function crisisLaptop({ browser, server, releve, shared }) {
  const desk = await openWindow(browser, server.base, { state: shared.state })
  const { facility } = await desk.api('/session')
  const { id, root } = await activated(desk, facility, 'Exercice du portable')
  const file = (one) => join(server.folder, one)
  writeFileSync(file('passphrase'), 'une phrase de passe\n')
  await server.kill()
  execFileSync(releve, ['--language', 'fr', 'laptop', '--data', file('data'), '--facility', facility, '--out', file('ch.pack'), '--passphrase-file', file('passphrase')])
  await server.start()
  const laptop = await startLaptop(releve, file('laptop'), file('ch.pack'), file('passphrase'))
  const far = await launch([`--host-resolver-rules=MAP ${name} 127.0.0.1`])
  try {
    const window = await openWindow(far, laptop.base)
    const { page } = window
    await page.goto(laptop.base + laptop.link)
    need(!(await page.evaluate(() => isSecureContext)), 'the browser takes this for a safe place')
    const away = await activated(window, facility, 'Commutateur isolé')
    await page.getByLabel(word('ui.room.text'), { exact: true }).fill('Écrit sur le portable')
    await page.keyboard.press('Enter')
    await page.getByText('Écrit sur le portable', { exact: true }).first().waitFor()
    const board = await page.evaluate((at) => fetch(at).then((reply) => reply.json()), `/api/v1${away.root}/board`)
    need(board.known && board.elements.length > 100, 'the laptop does not know what care needs')
    await looked(window, 'the room on a crisis laptop')

    // A text to read over the telephone, or to copy into whatever still works.
    await window.go(`/facilities/${facility}/room/${away.id}/clocks`)
    await page.getByRole('button', { name: word('ui.room.clock.text') }).first().click()
    await button(page, 'ui.room.text.copy').click()
    await page.getByText(word('ui.room.text.copied')).waitFor()
    await looked(window, 'a prefilled text on a crisis laptop')
    const wrong = window.complaints.filter((one) => !/Cross-Origin-Opener-Policy header has been ignored/.test(one)) // it means nothing without HTTPS
    need(wrong.length === 0, wrong.join('\n    '))

    await window.go(`/facilities/${facility}/room/${away.id}/file`)
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: word('ui.room.file.save') }).click()
    writeFileSync(file('portable.jsonl'), readFileSync(await (await saving).path()))
  } finally {
    await far.close()
    await laptop.stop()
  }
  await desk.go(`/facilities/${facility}/room/${id}/file`)
  await desk.page.getByRole('region', { name: word('ui.room.file') }).locator('input[type=file]').setInputFiles(file('portable.jsonl'))
  await desk.page.getByText(word('ui.room.file.merged', { n: '2', known: '0' })).waitFor()
  need((await desk.api(`${root}/lines?after=0`)).items.some(({ line }) => line.text === 'Écrit sur le portable'), 'the laptop\'s line is not there')
  await desk.context.close()
}
