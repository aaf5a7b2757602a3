import { slowRequest } from './slow-request.js';

/** The platform answered with a problem; the message is for the person at the terminal. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiRequest {
  method?: string;
  body?: unknown;
  /** A file's content, sent as it is. */
  raw?: { content: Buffer; type: string };
  headers?: Record<string, string>;
  /** The answer may take longer than five minutes. */
  slow?: boolean;
}

/** Speaks to a running platform as the account of NOIVIEC_EMAIL / NOIVIEC_PASSWORD. */
export class Api {
  private token?: { value: string; until: number };

  constructor(
    private readonly url: string,
    private readonly email: string | undefined,
    private readonly password: string | undefined,
  ) {}

  static fromEnvironment(env: NodeJS.ProcessEnv = process.env): Api {
    const url = env['NOIVIEC_URL'] ?? `http://${env['HOST'] ?? '127.0.0.1'}:${env['PORT'] ?? '8080'}`;
    return new Api(url.replace(/\/$/, ''), env['NOIVIEC_EMAIL'], env['NOIVIEC_PASSWORD']);
  }

  /** @throws ApiError for every answer but 2xx */
  async call<T>(path: string, request: ApiRequest = {}): Promise<T> {
    return this.send<T>(path, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await this.accessToken()}` },
    });
  }

  private async accessToken(): Promise<string> {
    if (this.token && Date.now() < this.token.until) return this.token.value;
    if (!this.email || !this.password) {
      throw new ApiError(
        401,
        'cli.no-account',
        'Hãy đặt NOIVIEC_EMAIL và NOIVIEC_PASSWORD là một tài khoản của nền tảng (mật khẩu của quản trị viên đầu tiên ở DATA_DIR/first-administrator.txt).',
      );
    }
    const answer = await this.send<{ accessToken: string; expiresIn: number }>('/identity/tokens', {
      method: 'POST',
      body: { email: this.email, password: this.password },
    });
    this.token = { value: answer.accessToken, until: Date.now() + (answer.expiresIn - 30) * 1000 };
    return answer.accessToken;
  }

  private async send<T>(path: string, { method = 'GET', body, raw, headers, slow }: ApiRequest): Promise<T> {
    let response: Response;
    try {
      const url = `${this.url}/api/v1${path}`;
      const type = raw ? raw.type : body !== undefined && 'application/json';
      const sent = { method, headers: { ...headers, ...(type && { 'content-type': type }) } };
      const text = body === undefined ? undefined : JSON.stringify(body);
      response = slow
        ? await slowRequest(url, { ...sent, body: text })
        : await fetch(url, { ...sent, body: raw ? new Uint8Array(raw.content) : text });
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new ApiError(
        0,
        'cli.unreachable',
        `Không kết nối được với nền tảng ở ${this.url} (${cause}): hãy khởi động nó, hoặc đặt NOIVIEC_URL.`,
      );
    }
    const text = await response.text();
    if (!response.ok) throw problemOf(response.status, text);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

function problemOf(status: number, text: string): ApiError {
  try {
    const problem = JSON.parse(text) as { code?: string; title?: string; detail?: string };
    const message = [problem.title, problem.detail].filter(Boolean).join(': ');
    return new ApiError(status, problem.code ?? `http-${status}`, message || `HTTP ${status}`);
  } catch {
    return new ApiError(status, `http-${status}`, `HTTP ${status}: ${text.slice(0, 200)}`);
  }
}
