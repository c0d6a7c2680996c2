import { createTheme, type CSSVariablesResolver } from '@mantine/core'

const dense = { defaultProps: { size: 'xs' } }

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.3rem' }, h2: { fontSize: '1.05rem' }, h3: { fontSize: '0.95rem' } }
  },
  components: {
    // Mantine's placeholder for the first focus is not a menu item, which ARIA forbids inside a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Button: dense,
    TextInput: dense,
    PasswordInput: dense,
    NumberInput: dense,
    NativeSelect: dense,
    Select: dense,
    Textarea: dense
  }
})

/** Colours with a contrast of at least 4.5 to 1. Mantine's own shades have less. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#555d66',
    '--mantine-color-placeholder': '#666e76',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b6b4f',
    '--mantine-color-teal-filled-hover': '#066b4c',
    '--mantine-color-teal-light': '#dff5ec',
    '--mantine-color-teal-light-color': '#0a5c45'
  },
  dark: {
    '--mantine-color-dimmed': '#a9b0b8',
    '--mantine-color-placeholder': '#9aa1a9',
    '--mantine-color-error': '#ff9c94',
    '--mantine-color-anchor': '#63e6be',
    '--mantine-color-teal-filled-hover': '#066b4c'
  }
})
