/** What went wrong, stable across releases; runbooks and tests refer to it. */
export type EmbeddedPostgresErrorCode =
  | 'embedded-postgres.platform-not-supported'
  | 'embedded-postgres.binaries-damaged'
  | 'embedded-postgres.second-instance'
  | 'embedded-postgres.folder-not-writable'
  | 'embedded-postgres.folder-out-of-reach'
  | 'embedded-postgres.folder-in-use'
  | 'embedded-postgres.folder-not-empty'
  | 'embedded-postgres.unfinished-restore'
  | 'embedded-postgres.no-unprivileged-user'
  | 'embedded-postgres.disk-full'
  | 'embedded-postgres.incompatible-data-version'
  | 'embedded-postgres.data-damaged'
  | 'embedded-postgres.port-taken'
  | 'embedded-postgres.still-stopping'
  | 'embedded-postgres.initialise-failed'
  | 'embedded-postgres.start-failed'
  | 'embedded-postgres.stopped';

/** A failure of the embedded server; `message` is one sentence that says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The error that a line of PostgreSQL's or initdb's output stands for, or undefined when it says nothing
 * that we know. `folder` is named in the sentence.
 */
export function errorFromOutput(output: string, folder: string): EmbeddedPostgresError | undefined {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(folder);
  // The major version was compared before: "incompatible" files are damaged ones.
  const known: [RegExp, EmbeddedPostgresErrorCode, string][] = [
    [
      /pre-existing shared memory block|lock file ".*" already exists/,
      'embedded-postgres.still-stopping',
      `An earlier PostgreSQL on ${folder} is still stopping: wait a moment and start again.`,
    ],
    [
      /could not bind|could not create any TCP\/IP sockets/,
      'embedded-postgres.port-taken',
      `PostgreSQL's recorded port is taken by another program: stop that program, or delete the file "port" beside ${folder} to choose a new one.`,
    ],
    [
      /could not locate a valid checkpoint record|database files are incompatible with server|invalid checkpoint|PANIC:|could not read file "global\/pg_control"|incorrect checksum in control file|could not find the database system|"global\/pg_(control|filenode\.map)"/,
      'embedded-postgres.data-damaged',
      `The database in ${folder} is damaged and PostgreSQL cannot open it: keep a copy of the folder and restore the last backup.`,
    ],
    [
      /could not (open|create|write|access|remove|stat|read)[^\n]*: (Permission denied|Read-only file system)/,
      'embedded-postgres.folder-not-writable',
      `PostgreSQL may not write to ${folder}: give its user write access or set DATA_DIR to another folder.`,
    ],
  ];
  const match = known.find(([pattern]) => pattern.test(output));
  return match && new EmbeddedPostgresError(match[1], match[2]);
}

export function diskFull(folder: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'embedded-postgres.disk-full',
    `The disk that holds ${folder} is full: free some space or set DATA_DIR to a folder on another disk, then start again.`,
    { cause },
  );
}
