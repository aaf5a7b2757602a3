import { TermQueries } from '../term-query.js';
import { quoteTerm } from './index-rows.js';

/** Conditions as tsquery texts. */
export const tsQueries = new TermQueries({ term: quoteTerm, and: ' & ', or: ' | ', not: '!' });
