import {
  Badge,
  Button,
  Card,
  createTheme,
  type CSSVariablesResolver,
  Input,
  type MantineColorsTuple,
  Modal,
  MultiSelect,
  type OptionsFilter,
  Select,
} from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { fold } from '../lib/fold';

/** Names are found with and without diacritics, as everywhere on the platform. */
const withoutAccents: OptionsFilter = ({ options, search, limit }) => {
  const words = fold(search.trim());
  const found = options.filter((option) => !('label' in option) || fold(option.label).includes(words));
  return found.slice(0, limit);
};

/** Enter in a list chooses, or does nothing: it does not send the form. */
const keepInForm = (event: KeyboardEvent): void => {
  if (event.key === 'Enter') event.preventDefault();
};

/** River teal: calm, and dark enough at shade 7 for AA text on white (7.4:1). */
const song: MantineColorsTuple = [
  '#eaf5f6',
  '#d3e8ea',
  '#a6d1d5',
  '#74b7be',
  '#4a9ea7',
  '#2a8792',
  '#14727d',
  '#0b5e69',
  '#084c55',
  '#053a42',
];

/** Dark enough at the shades in use (7 to 9) for AA text on white and on our page colour. */
const red: MantineColorsTuple = [
  '#fff1ef',
  '#fde0dc',
  '#f9beb7',
  '#f3958b',
  '#e96a5d',
  '#dc4336',
  '#c8291c',
  '#b42318',
  '#a01c12',
  '#8f1d14',
];

/** Named in index.html, as all that the first paint needs. */
const fontFamily = 'var(--nv-font)';

export const theme = createTheme({
  colors: { song, red },
  primaryColor: 'song',
  primaryShade: 7,
  autoContrast: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  fontFamily,
  // Vietnamese carries accents above accents: lines need more room than Latin defaults give.
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.65' },
  headings: {
    fontFamily,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.3' },
      h2: { fontSize: '1.3rem', lineHeight: '1.35' },
      h3: { fontSize: '1.1rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'md' } }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600, variant: 'light' } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: 'lg' } }),
    Input: Input.extend({ defaultProps: { size: 'md' } }),
    // The explanation below the input keeps the inputs of a row in line.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { size: 'md', inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    // A list that opens by itself when the focus comes by is in the way of those who use the keyboard.
    Select: Select.extend({
      defaultProps: {
        checkIconPosition: 'right',
        openOnFocus: false,
        filter: withoutAccents,
        onKeyDown: keepInForm,
      },
    }),
    MultiSelect: MultiSelect.extend({
      defaultProps: { openOnFocus: false, filter: withoutAccents, onKeyDown: keepInForm },
    }),
    Modal: Modal.extend({
      defaultProps: { centered: true },
      styles: { title: { fontWeight: 650, fontSize: '1.15rem' } },
    }),
  },
});

/** Mantine's dimmed, placeholder and error colours miss AA on our backgrounds; these hold it. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#16272b',
    '--mantine-color-dimmed': '#51646a',
    '--mantine-color-placeholder': '#62747a',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#cbd7d9',
    '--nv-mark': '#ffe9a8',
  },
  dark: {},
});
