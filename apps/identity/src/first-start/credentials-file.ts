import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '#platform';

/** Sign-in data that the platform made up itself. */
export interface Credentials {
  role: string;
  email: string;
  password: string;
}

/** A random password of 20 letters and digits (119 bits), without those that look alike. */
export function randomPassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXYZ234679';
  let password = '';
  while (password.length < 20) {
    for (const byte of randomBytes(40)) {
      // Only bytes below a multiple of the alphabet's length, so that each character is equally likely.
      if (byte < 256 - (256 % alphabet.length) && password.length < 20) {
        password += alphabet.charAt(byte % alphabet.length);
      }
    }
  }
  return password;
}

/**
 * Writes sign-in data into a file of mode 0600 in `folder`, complete or not at all.
 * @returns the path of the file
 */
export async function writeCredentials(
  folder: string,
  name: string,
  heading: string,
  credentials: readonly Credentials[],
): Promise<string> {
  await makeFolder(folder);
  const path = join(folder, name);
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const blocks = credentials.map(
    ({ role, email, password }) => `role: ${role}\nemail: ${email}\npassword: ${password}\n`,
  );
  await writeFile(draft, `# ${heading}\n\n${blocks.join('\n')}`, { mode: 0o600, flag: 'wx', flush: true });
  await rename(draft, path);
  return path;
}
