import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { AllowRoles, Caller } from '../auth/decorators.js';
import type { Principal } from '../auth/principal.js';
import { startTestService, type TestService } from './index.js';

@Controller('whoami')
@AllowRoles('centreOfficer')
class WhoAmIController {
  @Get()
  answer(@Caller() caller: Principal): Principal {
    return caller;
  }
}

@Module({ controllers: [WhoAmIController] })
class ProbeModule {}

describe('A service under test', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ name: 'probe', module: ProbeModule });
  });
  afterAll(() => service.clear());

  it('answers over HTTP to tokens of the role that a test asks for', async () => {
    const officer = await service.as('centreOfficer', { subject: 'an', areas: ['24'] });
    const { body } = await officer.get('/whoami').expect(200);
    expect(body).toMatchObject({ subject: 'an', role: 'centreOfficer', areas: ['24'] });
    await (await service.as('employer')).get('/whoami').expect(403);
    await service.http().get('/whoami').expect(401);
  });

  it('keeps its databases and its tokens over a restart', async () => {
    const officer = await service.as('centreOfficer');
    await service.database.query('CREATE TABLE kept AS SELECT 1 AS one');
    await service.stop();
    await expect(officer.get('/whoami')).rejects.toThrow();
    await service.start();
    expect(await service.database.query('SELECT one FROM kept')).toEqual([{ one: 1 }]);
    expect(await service.log()).toEqual([]);
  });
});
