import { emptyLexicon, type Lexicon } from './lexicon.js';

/** Holds the lexicon of the live index; whoever reads the words anew puts it here. */
export class CurrentLexicon {
  value: Lexicon = emptyLexicon();
}
