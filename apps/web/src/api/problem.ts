/** One offending field of a refused request (RFC 9457 problem+json, our extension). */
export type FieldProblem = { field: string; code?: string; message: string };

export type Problem = {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail?: string;
  instance?: string;
  errors?: FieldProblem[];
  correlationId?: string;
};

/** Every failed call ends in one of these; `status` 0 means that no server answered. */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds?: number,
  ) {
    super(problem.title ?? problem.code);
    this.name = 'ApiError';
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

export const unreachable = (): ApiError =>
  new ApiError({
    status: 0,
    code: globalThis.navigator?.onLine === false ? 'web.offline' : 'web.unreachable',
  });

/** Reads a refusal whatever its body is: problem+json, another JSON, a proxy's HTML, nothing. */
export function problemFrom(status: number, body: unknown): Problem {
  const given = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  return {
    ...given,
    status,
    code: typeof given.code === 'string' ? given.code : `http.${status}`,
    errors: Array.isArray(given.errors) ? given.errors : undefined,
  };
}

/** Paths of fields arrive as `a.b[0].c` or `a.b.0.c`; forms use the latter. */
export const formPath = (field: string): string =>
  field
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/^\//, '')
    .replaceAll('/', '.');

/** Field messages of a refusal as `{path: message}` for a form. `rename` maps an API path to the form's own. */
export function fieldMessages(error: unknown, rename: Record<string, string> = {}): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const messages: Record<string, string> = {};
  for (const { field, message } of error.problem.errors ?? []) {
    if (!field) continue;
    const path = formPath(field);
    messages[rename[path] ?? path] ??= message;
  }
  return messages;
}
