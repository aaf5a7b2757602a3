import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { ConsumerRuntime } from '#events';
import type { RunningService } from '#platform';
import { DEMO_COMPANY, DemoAccounts } from '../../../identity/src/first-start/demo-accounts.js';
import { BulkRegistration } from '../../../jobseekers/src/bulk/bulk-registration.js';
import { Registration } from '../../../jobseekers/src/jobseeker/registration.js';
import { BulkOpenings } from '../../../openings/src/bulk/bulk-openings.js';
import { demoJobseekers, demoProfile } from './demo-jobseekers.js';
import { demoEmployers } from './demo-openings.js';
import { Random } from './random.js';

/** Thái Nguyên: one of the 34 provinces, with works, hills and villages. */
const PROVINCE = '19';
const SEED = 20_260_701;
/** The last of them waits to be verified. */
const EMPLOYERS = 61;
/** One batch of the bulk registration: all of them or none. */
const JOBSEEKERS = 400;

export interface DemoOptions {
  dataDir: string;
  /** Started with `--empty`. */
  empty: boolean;
  stopping: AbortSignal;
  services: readonly RunningService[];
  logger: Logger;
}

/**
 * At the first start, and only then, loads the demo data, unless asked not to. What the first start chose is
 * kept in `DATA_DIR/demo.json`: a platform that began empty never gets demo accounts later. A first start that
 * is interrupted loads what is missing at the next one.
 */
export async function loadDemo({ dataDir, empty, stopping, services, logger }: DemoOptions): Promise<void> {
  const file = join(dataDir, 'demo.json');
  if (await demoIsDecided(dataDir)) return;
  const openings = component(services, 'openings', BulkOpenings);
  const begun = (await readChoice(file)) === 'loading';
  if (!begun && (empty || !(await openings.isEmpty()))) {
    await writeChoice(dataDir, file, 'empty');
    return;
  }
  await writeChoice(dataDir, file, 'loading');
  const started = Date.now();
  const accounts = await component(services, 'identity', DemoAccounts).ensure(PROVINCE);
  const employer = accounts.find((account) => account.role === 'employer');
  if (await openings.isEmpty()) {
    const own = { organisationId: employer?.organisationId ?? null, legalName: DEMO_COMPANY };
    const employers = demoEmployers(new Random(SEED), PROVINCE, EMPLOYERS, own);
    const stored = await openings.store(employers, 'demo');
    logger.info({ ...stored, ms: Date.now() - started }, 'demo data loaded');
  }
  const jobseekers = component(services, 'jobseekers', DataSource);
  const [any] = await jobseekers.query<{ some: boolean }[]>('SELECT EXISTS (SELECT FROM jobseekers) AS some');
  if (!any?.some) {
    const rows = demoJobseekers(new Random(SEED + 1), PROVINCE, JOBSEEKERS);
    const { registered, rejected } = await component(services, 'jobseekers', BulkRegistration).registerMany(
      rows,
      {
        dataSource: 'demo',
        by: { actor: 'demo' },
      },
    );
    logger.info(
      { registered, rejected: rejected.slice(0, 3), ms: Date.now() - started },
      'demo jobseekers loaded',
    );
  }
  const seeker = accounts.find((account) => account.role === 'jobseeker');
  if (seeker)
    await giveProfile(component(services, 'jobseekers', Registration), jobseekers, seeker.accountId);
  await writeChoice(dataDir, file, 'loaded');
  // The first page is not empty; a stop that is asked for meanwhile, or trouble with the log, does not wait for that.
  const stopped = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve()));
  const found = component(services, 'matching', ConsumerRuntime)
    .caughtUp()
    .catch((err: unknown) => logger.warn({ err }, 'demo data may not be found yet'));
  await Promise.race([found, stopped]);
}

/** The demo account registers itself, once: a first start that was interrupted comes by here again. */
async function giveProfile(registration: Registration, database: DataSource, account: string): Promise<void> {
  const [known] = await database.query<{ some: boolean }[]>(
    'SELECT EXISTS (SELECT FROM jobseekers WHERE account_id = $1) AS some',
    [account],
  );
  if (known?.some) return;
  const caller = { type: 'user', subject: account, role: 'jobseeker', areas: [], scopes: [] } as const;
  await registration.register(demoProfile(PROVINCE), caller, { caller: account, hash: '' });
}

/** Whether nothing is left to do for `loadDemo`. */
export async function demoIsDecided(dataDir: string): Promise<boolean> {
  const choice = await readChoice(join(dataDir, 'demo.json'));
  return choice === 'empty' || choice === 'loaded';
}

type Choice = 'empty' | 'loading' | 'loaded';

async function readChoice(file: string): Promise<Choice | undefined> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { demo: Choice }).demo;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeChoice(dataDir: string, file: string, demo: Choice): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify({ demo }), { flush: true });
  await rename(`${file}.new`, file);
}

function component<T>(
  services: readonly RunningService[],
  name: string,
  type: new (...args: never[]) => T,
): T {
  const service = services.find((candidate) => candidate.name === name);
  if (!service) throw new Error(`${name} is not running`);
  return service.app.get<T>(type, { strict: false });
}
