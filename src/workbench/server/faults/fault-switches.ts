import type { Emulator, Fault } from '../../../emulator'
import type { FaultSwitch } from '../../contract'
import { FAULT_KINDS } from './fault-kinds'

type FaultId = FaultSwitch['id']

/** Faults of the embedded emulator by name. Each is a rule of the emulator, so emptying the emulator switches all off. */
export class FaultSwitches {
  private readonly last = new Map<FaultId, Fault>()

  constructor(private readonly emulator: Pick<Emulator, 'faults'>) {}

  list(): FaultSwitch[] {
    return (Object.keys(FAULT_KINDS) as FaultId[]).map((id) => this.get(id))
  }

  get(id: FaultId): FaultSwitch {
    const { label, description } = FAULT_KINDS[id]
    const fault = this.last.get(id)
    const on = this.isOn(id)
    const times = fault?.rule.times
    const left = on && fault && times !== undefined ? times - fault.hits : null
    return { id, label, description, on, times: left, hits: fault?.hits ?? 0 }
  }

  /** The names of those that are on. */
  on(): FaultId[] {
    return (Object.keys(FAULT_KINDS) as FaultId[]).filter((id) => this.isOn(id))
  }

  /** Switches a fault on, anew if it is on already. With `times` it goes off by itself after so many hits. */
  switchOn(id: FaultId, times?: number): FaultSwitch {
    this.last.get(id)?.remove()
    const { rule } = FAULT_KINDS[id]
    this.last.set(id, this.emulator.faults.add(times === undefined ? rule : { ...rule, times }))
    return this.get(id)
  }

  /** Switches a fault off for all calls to come; an answer that is late already stays late. */
  switchOff(id: FaultId): FaultSwitch {
    this.last.get(id)?.remove()
    return this.get(id)
  }

  private isOn(id: FaultId): boolean {
    const fault = this.last.get(id)
    if (!fault || !this.emulator.faults.list().includes(fault)) return false
    return fault.hits < (fault.rule.times ?? Infinity)
  }
}
