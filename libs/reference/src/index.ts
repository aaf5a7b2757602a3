export * from './occupations/index.js';
export * from './places/index.js';
export * from './text/index.js';
