export * from './limits.js';
export * from './occupations/index.js';
export * from './parsers/index.js';
export * from './places/index.js';
export * from './text/index.js';
export * from './value-lists/index.js';
