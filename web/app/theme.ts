import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** One quiet green carries every action; what people say is orange and what records show is blue, everywhere. */
const plumb: MantineColorsTuple = [
  '#e9f5f3',
  '#d3e8e4',
  '#a6d3cb',
  '#75bcb1',
  '#4ea99b',
  '#369b8c',
  '#1f7a6e',
  '#14605a',
  '#0f4f4a',
  '#083c38',
];

const FONT =
  '"Inter", -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';
const MONO =
  'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace';

export const theme = createTheme({
  primaryColor: 'plumb',
  primaryShade: { light: 7, dark: 6 },
  colors: { plumb },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: FONT, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});

/** Mantine's own greys and reds give way to ours, whose contrast is known (base.css). */
const OURS = {
  '--mantine-color-body': 'var(--pl-card)',
  '--mantine-color-text': 'var(--pl-ink)',
  '--mantine-color-dimmed': 'var(--pl-soft)',
  '--mantine-color-placeholder': 'var(--pl-soft)',
  '--mantine-color-error': 'var(--pl-bad)',
  '--mantine-color-anchor': 'var(--pl-accent)',
  '--mantine-color-default': 'var(--pl-card)',
  '--mantine-color-default-hover': 'var(--pl-sunk)',
  '--mantine-color-default-color': 'var(--pl-ink)',
  '--mantine-color-default-border': 'var(--pl-strong-line)',
};

/** Greys of fields and switches in the dark. */
const OUR_DARK = {
  '--mantine-color-dark-4': 'var(--pl-strong-line)',
  '--mantine-color-dark-5': 'var(--pl-line)',
  '--mantine-color-dark-6': 'var(--pl-sunk)',
  '--mantine-color-dark-8': 'var(--pl-paper)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: OURS,
  dark: { ...OURS, ...OUR_DARK },
});
