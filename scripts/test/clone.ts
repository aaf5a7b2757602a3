import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  output: string;
}

/** A small repository of its own with this one's scripts: what the specs of the scripts work on. */
export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'noi-viec-clone-'));
  private readonly started: ChildProcess[] = [];

  /** @param parts files and folders of this repository that the clone gets too */
  constructor(files: Record<string, string>, parts: string[] = []) {
    for (const part of ['scripts', '.swcrc', ...parts])
      cpSync(join(ROOT, part), join(this.folder, part), { recursive: true });
    this.write(files);
  }

  /** Lends this repository's installed packages: the clone counts as installed. */
  withPackages(): this {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    return this;
  }

  asRepository(): this {
    execFileSync('git', ['init', '--quiet'], { cwd: this.folder });
    return this;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), text);
    }
  }

  /** Starts `node …args` in the clone; `ended` resolves with the exit code and everything that was said. */
  start(args: string[], env: Record<string, string> = {}): { process: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: { ...process.env, NODE_OPTIONS: '', npm_node_execpath: process.execPath, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.started.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return {
      process: child,
      ended: new Promise((done) => child.once('exit', (code) => setImmediate(() => done({ code, output })))),
    };
  }

  run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
    return this.start(args, env).ended;
  }

  remove(): void {
    for (const child of this.started) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
