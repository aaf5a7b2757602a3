/** Injection token of the `SearchEngine` that the profile chose. */
export const SEARCH_ENGINE = Symbol('search engine');
