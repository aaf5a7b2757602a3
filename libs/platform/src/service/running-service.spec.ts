import {
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { expect, it } from '@jest/globals';
import { startTestService } from '../testing/index.js';

const calls: string[] = [];

@Injectable()
class Clock implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  onModuleInit(): void {
    calls.push('init');
  }

  onApplicationBootstrap(): void {
    calls.push('bootstrap');
  }

  onModuleDestroy(): void {
    calls.push('destroy');
  }
}

@Module({ providers: [Clock] })
class ClockModule {}

it('the hooks of a service run once each, although its consumers are a microservice of their own', async () => {
  const service = await startTestService({ name: 'clock', module: ClockModule });
  await service.stop();
  expect(calls).toEqual(['init', 'bootstrap', 'destroy']);
});
