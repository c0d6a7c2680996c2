import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlus } from '../../parts/icons'
import { useLocation } from 'wouter'
import type { Action, Destination, Preset, Subscription } from '../../../contract'
import { defaultMapping, filterOf, startDraft } from './drafts'

/** Starts a new mapping from a preset of the destination, or from the default fields of an action. */
export function AddMapping({ destination: { presets, actions } }: { destination: Destination }) {
  const [, navigate] = useLocation()
  const start = (subscription: Omit<Subscription, 'id'>) =>
    navigate(`/destination/mappings/${startDraft(subscription)}`)
  const offer = (preset: Preset) => (
    <Menu.Item key={preset.name} onClick={() => start(fromPreset(preset))}>
      {preset.name}
    </Menu.Item>
  )
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} />} rightSection={<IconChevronDown size={14} />}>
          Add a mapping
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Presets</Menu.Label>
        {presets.filter(({ automatic }) => automatic).map(offer)}
        <Menu.Label>For Segment Engage</Menu.Label>
        {presets.filter(({ automatic }) => !automatic).map(offer)}
        <Menu.Label>Default fields of an action</Menu.Label>
        {actions.map((action) => (
          <Menu.Item key={action.key} onClick={() => start(fromAction(action))}>
            {action.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function fromPreset(preset: Preset): Omit<Subscription, 'id'> {
  const { name, partnerAction, mapping } = preset
  return { name, partnerAction, subscribe: filterOf(preset), enabled: true, mapping }
}

function fromAction(action: Action): Omit<Subscription, 'id'> {
  const subscribe = action.defaultSubscription ?? 'type = "track"'
  return { name: action.title, partnerAction: action.key, subscribe, enabled: true, mapping: defaultMapping(action) }
}
