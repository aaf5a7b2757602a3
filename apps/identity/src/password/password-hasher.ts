import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { argon2id, hash, needsRehash, verify } from 'argon2';
import { Problem } from '#platform';

/**
 * Measured on 2 cores on 2026-11-21 (median, machine otherwise busy): 19 MiB/2 36 ms, 46 MiB/1 72 ms,
 * 46 MiB/2 93 ms, 64 MiB/3 189 ms. 46 MiB and two passes are twice OWASP's recommendation and keep a sign-in
 * around a tenth of a second. A change is safe: hashes of other parameters are renewed at the next sign-in.
 */
const PARAMETERS = { type: argon2id, memoryCost: 46 * 1024, timeCost: 2, parallelism: 1 } as const;

/** At once: two cores; more would take memory (46 MiB each) and starve the thread pool that files need. */
const AT_ONCE = 2;
/** A sign-in that would wait longer than a few seconds is better told so. */
const MAX_WAITING = 60;

/** Hashes and verifies passwords, a few at a time. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy?: Promise<string>;

  /** @returns a PHC string; @throws Problem 503 when too many passwords wait already */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(canonical(password), PARAMETERS));
  }

  /**
   * Compares with the hash of an account, or, when there is none, with one that no password fits: the answer
   * takes one computation either way and its time does not tell who has an account.
   */
  async verify(phc: string | null | undefined, password: string): Promise<boolean> {
    const against = phc ?? (await (this.decoy ??= this.hash(randomBytes(24).toString('base64'))));
    const same = await this.inTurn(() => verify(against, canonical(password)));
    return same && phc !== null && phc !== undefined;
  }

  /** Whether the hash was made with other parameters than today's. */
  isOutdated(phc: string): boolean {
    return needsRehash(phc, PARAMETERS);
  }

  /** Makes the hash that unknown accounts are compared with, so that the first such answer is not a slow one. */
  async warmUp(): Promise<void> {
    await this.verify(null, '');
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= MAX_WAITING) throw busy();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** Keyboards write ế in one character or in three: the same password in one form (NIST SP 800-63B 3.1.1.2). */
function canonical(password: string): string {
  return password.normalize('NFKC');
}

function busy(): Problem {
  return new Problem({
    status: 503,
    code: 'identity.busy',
    title: {
      vi: 'Đang có quá nhiều người đăng nhập, xin thử lại',
      en: 'Too many people are signing in, please try again',
    },
    headers: { 'retry-after': '5' },
  });
}
