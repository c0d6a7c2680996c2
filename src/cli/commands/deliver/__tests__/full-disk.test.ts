import { join } from 'path'
import { arrivals } from './arrivals'
import { buildCommand, countsIn, summaryIn } from './built-command'
import { deliveryFolder, removeDeliveryFolders } from './delivery-folder'
import { mixedEvents } from './mixed-events'
import { smallDisk } from './small-disk'

const mixed = mixedEvents(200)
const disk = smallDisk()
// Only some users may mount a file system. Files that cannot be written are tested without one, too.
const itWithDisk = disk ? it : it.skip

beforeAll(buildCommand, 120_000)
afterEach(removeDeliveryFolders)
afterAll(() => disk?.remove())

itWithDisk.each([
  ['checkpoint', 'Cannot write the checkpoint'],
  ['rejected', 'cannot write rejected events']
])(
  'a disk that gets full under the file of --%s ends a delivery in words, and nothing is lost',
  async (option, said) => {
    if (!disk) return
    const whole = await deliveryFolder(mixed.lines)
    const undisturbed = await whole.deliver().ended
    const folder = await deliveryFolder(mixed.lines)
    const place = [`--${option}`, join(disk.path, option)]
    const running = folder.deliver(place)
    folder.afterRequests(Math.floor(whole.emulator.requests.length / 3), () => disk.fill())
    const stopped = await running.ended
    expect(stopped.code).toBe(3)
    expect(stopped.said).toContain(said)
    expect(stopped.said).toContain('ENOSPC')
    expect(summaryIn(stopped)).toMatchObject({ stopped: { cause: 'output' } })
    disk.free()
    const last = await folder.deliver([...place, '--resume']).ended
    expect(last.code).toBe(1)
    expect(countsIn(last)).toEqual(countsIn(undisturbed))
    expect(arrivals(folder.emulator)).toEqual(arrivals(whole.emulator))
    if (option === 'rejected') {
      expect(folder.rejectedLines(join(disk.path, option))).toEqual(mixed.rejectedLines)
    }
  }
)
