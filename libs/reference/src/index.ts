export * from './text/index.js';
export * from './places/index.js';
