/** What a query means, for any engine. Everything is folded words unless said otherwise. */

export type AlternativeSource =
  'typed' | 'corrected' | 'completed' | 'abbreviation' | 'synonym' | 'near' | 'occupation';

/** One way to say a part of the query. */
export interface Alternative {
  /** Folded words, to stand next to each other. */
  words: string[];
  /** The same words with accents, where they are known. */
  normal?: string[];
  /** 0..1: how good a match by this wording is. */
  weight: number;
  source: AlternativeSource;
}

/** A part of the query that means one thing ("nhân viên", "kinh doanh", "bất động sản"). */
export interface QuerySegment {
  alternatives: Alternative[];
  /** weak: says little, ranks only. strong: a role or level. content: the trade itself. */
  kind: 'weak' | 'strong' | 'content';
  /** Share in the ranking; not normalised. */
  weight: number;
}

/** A place taken out of the text. */
export interface PlaceCondition {
  /** Name as official lists write it ("Bình Dương"). */
  name: string;
  /** Province codes of today that hold it. */
  provinceCodes: string[];
  /** Set for a commune of today. */
  communeCode?: string;
  /** The folded name, to be preferred in workplaces and titles. */
  words: string[];
  level: 'province' | 'formerProvince' | 'district' | 'commune';
}

export interface OccupationGuess {
  /** ISCO-08 unit group. */
  code: string;
  /** 0..1 */
  weight: number;
}

export interface QueryPlan {
  /** The query as given. */
  text: string;
  segments: QuerySegment[];
  places: PlaceCondition[];
  occupations: OccupationGuess[];
  /** positionLevel that a word of the query settles. */
  level?: string;
  /** Whether the writer used diacritics: then accents are preferred. */
  accented: boolean;
  /** Folded words in order after correction, places left out. */
  words: string[];
  /** The same with accents as understood. */
  normal: string[];
  corrected?: { from: string; to: string };
}
