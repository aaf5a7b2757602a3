import 'reflect-metadata';
import { startService } from '#platform';
import { jobseekersService } from './service.js';

await startService(jobseekersService);
