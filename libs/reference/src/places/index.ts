export * from './administrative-units.js';
export * from './find-places.js';
export * from './geo.js';
export type { PlaceNote } from './place-notes.js';
export { resolvePlace, type PlaceResolution, type ResolvedPlace } from './resolve-place.js';
