import { existsSync } from 'fs'
import { chromium, type Browser } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// No sandbox: tests run as root in containers, on pages of their own. The rest keeps the browser from calling home.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** A headless Chromium of this machine: the one that CHROMIUM_PATH names, else the one that is installed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: FLAGS })
}

function chromiumPath(): string {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH !== undefined && !existsSync(CHROMIUM_PATH)) {
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which does not exist.`)
  }
  const path = CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place))
  if (path === undefined) {
    throw new Error(`No Chromium at ${PLACES.join(', ')}: run apt-get install chromium, or set CHROMIUM_PATH.`)
  }
  return path
}
