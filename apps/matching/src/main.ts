import 'reflect-metadata';
import { startService } from '#platform';
import { matchingService } from './service.js';

await startService(matchingService);
