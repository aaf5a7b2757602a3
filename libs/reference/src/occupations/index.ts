export * from './occupations.js';
export * from './vsco.js';
