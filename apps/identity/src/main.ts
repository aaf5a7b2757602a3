import 'reflect-metadata';
import { startService } from '#platform';
import { identityService } from './service.js';

await startService(identityService);
