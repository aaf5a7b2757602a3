/** How a command answers: for people, or as one JSON document with `--json`. */
export class Output {
  constructor(private readonly json: boolean) {}

  /** Progress and remarks; nothing of them with `--json`. */
  note(text: string): void {
    if (!this.json) console.error(text);
  }

  /** The command's result. */
  result(value: unknown, text: () => string): void {
    console.log(this.json ? JSON.stringify(value) : text());
  }

  /** Why there is no result. */
  failure({ code, message }: { code: string; message: string }): void {
    if (this.json) console.log(JSON.stringify({ error: { code, message } }));
    else console.error(message);
  }

  table(rows: readonly Record<string, string | number>[], empty: string): string {
    if (rows.length === 0) return empty;
    const names = Object.keys(rows[0] ?? {});
    const cells = rows.map((row) => names.map((name) => String(row[name] ?? '')));
    const widths = names.map((name, i) =>
      Math.min(60, Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0))),
    );
    const line = (row: readonly string[]): string =>
      row
        .map((cell, i) => cell.slice(0, 60).padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd();
    return [line(names), ...cells.map(line)].join('\n');
  }

  get interactive(): boolean {
    return !this.json && process.stderr.isTTY === true;
  }
}
