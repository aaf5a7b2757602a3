import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type Answer, RunningIdentity } from './running-identity.js';

/** The password of whoever can sign in. */
export const PASSWORD = 'rung xanh nui do bien biec';

/** The service of the tests around this call, as its administrator works with it. */
export function administratorsBed(): AdministratorsBed {
  const bed = new AdministratorsBed();
  beforeAll(() => bed.start());
  afterAll(() => bed.identity.stop());
  return bed;
}

class AdministratorsBed {
  identity!: RunningIdentity;
  /** The administrator's access token. */
  admin!: string;
  /** An organisation of two provinces. */
  centre!: Answer['body'];

  async start(): Promise<void> {
    this.identity = await RunningIdentity.start();
    await this.signInAgain();
    const centre = { kind: 'centre', name: 'Trung tâm DVVL Lạng Sơn', areas: ['20', '24'] };
    this.centre = (await this.post('/organisations', centre)).body;
  }

  async signInAgain(): Promise<void> {
    this.admin = await this.identity.adminToken();
  }

  readonly post = (path: string, body: object, headers?: Record<string, string>): Promise<Answer> =>
    this.identity.call('POST', path, { body, token: this.admin, headers });

  readonly get = (path: string): Promise<Answer> => this.identity.call('GET', path, { token: this.admin });

  readonly patch = (path: string, body: object, etag: string | undefined): Promise<Answer> => {
    const headers: Record<string, string> = etag ? { 'if-match': etag } : {};
    return this.identity.call('PATCH', path, { body, token: this.admin, headers });
  };

  /** What makes an officer of the centre, valid unless told otherwise. */
  readonly officer = (more: object = {}): object => ({
    email: `can-bo-${randomUUID()}@tinh.example`,
    fullName: 'Hoàng Văn Thụ',
    role: 'centreOfficer',
    organisationId: this.centre['id'],
    ...more,
  });

  /** Makes an account, and signs it in. */
  readonly signedIn = async (
    body: object,
  ): Promise<{ id: string; email: string; token: string; cookie: string }> => {
    const { body: account } = await this.post('/accounts', body);
    const { body: issued } = await this.post(`/accounts/${account['id']}/password-codes`, {});
    const email = String(account['email']);
    const set = await this.identity.call('POST', '/passwords', {
      body: { email, code: issued['code'], password: PASSWORD },
    });
    expect(set.status).toBe(204);
    return { id: String(account['id']), email, ...(await this.identity.signIn(email, PASSWORD)) };
  };
}
