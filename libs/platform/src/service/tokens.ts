import type { Environment } from '../config/environment.js';
import type { ServiceDefinition } from './definition.js';

/** Injection tokens for what has no class of its own. */
export const ENVIRONMENT = Symbol('environment');
export const SERVICE_DEFINITION = Symbol('service definition');
export const LOGGER = Symbol('logger');
export type { Environment, ServiceDefinition };
