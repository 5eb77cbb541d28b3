// SPDX-License-Identifier: EUPL-1.2
// The tokens: ink and paper, one deep teal for actions. Red only for a real crisis or something down, amber for
// degraded, green for back. Every pair of text and ground below is at 4.5:1 or more in both themes.
import { Checkbox, createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e6f3f1', '#cde6e3', '#a3d2cd', '#78bfb8', '#6fcfc5', '#2f9089', '#1a7972', '#0b5f5c', '#084d4b', '#063c3a',
]

// The greys that Mantine's own parts take in the dark theme: text, borders, inputs, ground.
const ink: MantineColorsTuple = [
  '#ecebe6', '#c9d3d8', '#aab4b9', '#808b91', '#808b91', '#353e43', '#1c2225', '#14181a', '#0f1315', '#0b0e10',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  colors: { teal, dark: ink },
  white: '#ffffff',
  black: '#1c2226',
  fontFamily: "'Atkinson Hyperlegible Next', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", monospace',
  headings: { fontFamily: "'Atkinson Hyperlegible Next', system-ui, sans-serif", fontWeight: '700' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: { Checkbox: Checkbox.extend({ defaultProps: { color: 'var(--act)', iconColor: 'var(--on-act)' } }) },
  variantColorResolver: (input) => {
    if (input.variant === 'filled') return { background: 'var(--act)', hover: 'var(--act-hover)', color: 'var(--on-act)', border: '1px solid transparent' }
    if (input.variant === 'subtle') return { background: 'transparent', hover: 'var(--act-soft)', color: 'var(--act)', border: '1px solid transparent' }
    return defaultVariantColorsResolver(input)
  },
})

const light = {
  '--paper': '#faf9f6',
  '--raised': '#ffffff',
  '--sunk': '#f1efea',
  '--ink': '#1c2226',
  '--ink-2': '#525c63',
  '--line': '#dad6cd',
  '--edge': '#7b8389',
  '--act': '#0b5f5c',
  '--act-hover': '#0d5654', // no color-mix(): where it is not known the ground would go, and white words stay
  '--act-soft': '#dfeeec',
  '--on-act': '#ffffff',
  '--down': '#b3261e',
  '--down-soft': '#fbe9e7',
  '--degraded': '#7f4d00',
  '--degraded-soft': '#faedd2',
  '--back': '#1d6b3c',
  '--mark': '#36454f',
  // Fixed too: 8, 16, 24, 32 and 40 % of act on paper for the steps of a map; 7 % of ink on sunk under the pointer.
  '--step-1': '#e7edea',
  '--step-2': '#d4e0dd',
  '--step-3': '#c1d4d1',
  '--step-4': '#aec8c5',
  '--step-5': '#9abbb8',
  '--sunk-hover': '#e2e1dc',
  // The same in a crisis room, at 7:1 on every ground.
  '--ink-2-strong': '#434c52',
  '--act-strong': '#074c49',
  '--down-strong': '#8c1710',
  '--degraded-strong': '#653c00',
}
const dark: typeof light = {
  '--paper': '#14181a',
  '--raised': '#1c2225',
  '--sunk': '#0f1315',
  '--ink': '#ecebe6',
  '--ink-2': '#aab4b9',
  '--line': '#353e43',
  '--edge': '#808b91',
  '--act': '#6fcfc5',
  '--act-hover': '#80d3ca',
  '--act-soft': '#16393a',
  '--on-act': '#0b1c1c',
  '--down': '#ff8f86',
  '--down-soft': '#3d1b19',
  '--degraded': '#f0b661',
  '--degraded-soft': '#38290f',
  '--back': '#7fd09b',
  '--mark': '#c9d3d8',
  '--step-1': '#1b2728',
  '--step-2': '#233535',
  '--step-3': '#2a4443',
  '--step-4': '#315351',
  '--step-5': '#38615e',
  '--sunk-hover': '#1e2224',
  '--ink-2-strong': '#c0c9cd',
  '--act-strong': '#7fd9cf',
  '--down-strong': '#ffaaa3',
  '--degraded-strong': '#f5c27a',
}
const mantine = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-2)',
  '--mantine-color-anchor': 'var(--act)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-error': 'var(--down)',
  '--mantine-primary-color-filled': 'var(--act)',
  '--mantine-primary-color-filled-hover': 'var(--act-hover)',
  '--mantine-primary-color-contrast': 'var(--on-act)',
  '--mantine-primary-color-light': 'var(--act-soft)',
  '--mantine-primary-color-light-color': 'var(--act)',
}

export const resolveTokens: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...light, ...mantine },
  dark: { ...dark, ...mantine },
})
