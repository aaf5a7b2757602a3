/** Beginnings and ends of syllables that many people of one region or another speak, and so write, alike. */
const BEGINNINGS = [
  ['s', 'x'],
  ['ch', 'tr'],
  ['l', 'n'],
  ['d', 'gi'],
];
const ENDS = [
  ['n', 'ng', 'nh'],
  ['t', 'c', 'ch'],
];
const SYLLABLE = /^(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?([aeiouy]+)(ng|nh|ch|[cmnpt])?$/;

/** A folded syllable as it may be meant by who spells it by ear: "hang" → "han", "hanh"; "se" → "xe". */
export function soundAlikes(syllable: string): string[] {
  const parts = SYLLABLE.exec(syllable);
  if (!parts) return [];
  const [, begin = '', vowels = '', end = ''] = parts;
  return [
    ...others(BEGINNINGS, begin).map((other) => other + vowels + end),
    ...others(ENDS, end).map((other) => begin + vowels + other),
  ];
}

const others = (groups: readonly string[][], part: string): string[] =>
  groups.find((group) => group.includes(part))?.filter((other) => other !== part) ?? [];
