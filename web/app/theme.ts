import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** One quiet green carries every action; what people say is orange and what records show is blue, everywhere. */
const plumb: MantineColorsTuple = [
  '#e9f5f3',
  '#d3e8e4',
  '#a6d3cb',
  '#75bcb1',
  '#4ea99b',
  '#369b8c',
  '#268a7c',
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
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  colors: { plumb },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: FONT, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});
