export * from './distance.js';
export * from './normalise.js';
export * from './title-case.js';
export * from './tokens.js';
