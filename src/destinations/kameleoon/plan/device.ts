import type { DeviceType, OperatingSystem } from '../kameleoon-api/wire-kinds'
import { own, ownText } from '../values'

/** Words for a kind of device that say all there is to know. */
const DEVICE_WORDS: ReadonlyArray<[RegExp, DeviceType]> = [
  [/tablet|ipad/i, 'TABLET'],
  [/phone|mobile|ipod/i, 'PHONE'],
  [/desktop|laptop|computer|^pc$/i, 'DESKTOP']
]

/** Models and the operating system of Apple's devices, which have the type `ios` alike. */
const APPLE_NAMES: ReadonlyArray<[RegExp, DeviceType]> = [
  [/^ipad/i, 'TABLET'],
  [/^(iphone|ipod)(?! os)/i, 'PHONE']
]

/** Names of operating systems in Segment's context and in client hints, most special first. */
const OPERATING_SYSTEM_NAMES: ReadonlyArray<[RegExp, OperatingSystem]> = [
  [/windows (phone|mobile)/i, 'WINDOWS_PHONE'],
  [/windows|^win(32|64|nt)?$/i, 'WINDOWS'],
  [/^(ios|ipados|iphone|ipad)/i, 'IOS'],
  [/^(mac|os ?x)/i, 'MAC'],
  [/^android/i, 'ANDROID'],
  [/linux|ubuntu|debian|fedora|centos|red hat|suse/i, 'LINUX']
]

/** Android calls devices with a shortest side of at least 600 units tablets. https://developer.android.com/guide/topics/large-screens/support-different-screen-sizes */
const TABLET_UNITS = 600

/**
 * The kind of device, as far as the context of an event tells it. Segment's libraries for apps say only `ios` or `android`,
 * which may be a phone or a tablet: then the model or the size of the screen decides. Nothing is guessed from the user agent.
 */
export function deviceTypeOf(context: unknown): DeviceType | undefined {
  const device = own(context, 'device')
  const type = ownText(device, 'type')
  return (
    wordIn(DEVICE_WORDS, type) ??
    wordIn(APPLE_NAMES, ownText(device, 'model')) ??
    wordIn(APPLE_NAMES, ownText(own(context, 'os'), 'name')) ??
    (type?.toLowerCase() === 'android' ? byScreen(own(context, 'screen')) : undefined) ??
    byClientHints(own(context, 'userAgentData'))
  )
}

/** The operating system in Kameleoon's words. One that Kameleoon has no word for is not sent. */
export function operatingSystemOf(context: unknown): OperatingSystem | undefined {
  const name = ownText(own(context, 'os'), 'name') ?? ownText(own(context, 'userAgentData'), 'platform')
  return wordIn(OPERATING_SYSTEM_NAMES, name?.trim())
}

function wordIn<Word>(words: ReadonlyArray<[RegExp, Word]>, text: string | undefined): Word | undefined {
  return text === undefined ? undefined : words.find(([pattern]) => pattern.test(text))?.[1]
}

/** Pixels of the shortest side by pixels per unit. */
function byScreen(screen: unknown): DeviceType | undefined {
  const [width, height, density] = ['width', 'height', 'density'].map((name) => own(screen, name))
  if (typeof width !== 'number' || typeof height !== 'number' || typeof density !== 'number') return undefined
  const units = Math.min(width, height) / density
  if (!(units > 0) || !Number.isFinite(units)) return undefined
  return units >= TABLET_UNITS ? 'TABLET' : 'PHONE'
}

/** What browsers say themselves: https://wicg.github.io/ua-client-hints/. `mobile` is true on phones only. */
function byClientHints(hints: unknown): DeviceType | undefined {
  const isMobile = own(hints, 'mobile')
  if (isMobile === true) return 'PHONE'
  const platform = ownText(hints, 'platform')
  if (isMobile !== false || platform === undefined) return undefined
  if (/^android/i.test(platform)) return 'TABLET'
  return /^(windows|mac|linux|chrome ?os|chromium os)/i.test(platform) ? 'DESKTOP' : undefined
}
