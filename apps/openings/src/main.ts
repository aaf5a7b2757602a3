import 'reflect-metadata';
import { startService } from '#platform';
import { openingsService } from './service.js';

await startService(openingsService);
