import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import type { Api } from './api.js';
import { importCommand } from './import.command.js';
import type { Output } from './output.js';

const job = (status: string, read: number, total: number | null): object => ({
  id: 'i',
  status,
  relayed: status === 'done',
  failure: null,
  progress: { read, total, created: read, updated: 0, unchanged: 0, rejected: 0 },
});
const LIFE = [job('queued', 0, null), job('queued', 0, null), job('running', 0, null), job('running', 5, 9)];

/** Follows an import through its life, each look at it six seconds after the one before. */
async function notesOf(interactive: boolean): Promise<string[]> {
  const life = [...LIFE, job('done', 9, 9)];
  const notes: string[] = [];
  let now = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const call = (path: string): Promise<unknown> => {
    if (!path.startsWith('/openings/imports/')) return Promise.resolve({ id: 'i' });
    now += 6000;
    return Promise.resolve(life.shift());
  };
  const output = { interactive, note: (text: string) => notes.push(text), result: () => undefined };
  const program = new Command();
  importCommand(program, { call } as unknown as Api, () => output as unknown as Output);
  await program.parseAsync(['import', 'openings', import.meta.filename], { from: 'user' });
  return notes;
}

describe('What an import says while it is waited for', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });

  it('is that it waits for the files before it, then how far it is', async () => {
    expect(await notesOf(false)).toEqual([
      'Đang chờ các tệp nộp trước được nhập xong.',
      'Đang chờ các tệp nộp trước được nhập xong.',
      'Đã đọc 0/? dòng.',
      'Đã đọc 5/9 dòng.',
      'Đã đọc 9/9 dòng.',
    ]);
  });

  it('is at a terminal, where a bar says the rest, once that it waits', async () => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await notesOf(true)).toEqual(['Đang chờ các tệp nộp trước được nhập xong.']);
  });
});
