import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { beginSpan, traceparentOf } from '#events';
import type { Metrics } from './metrics.js';

/** Who answers: as the label `service` of the figures, and as the service of the trace. */
export interface Observer {
  service: string;
  metrics: Metrics;
}

/** A request in hand, as metrics and traces are told of it once it is answered. */
export class ObservedRequest {
  private readonly began = performance.now();

  private constructor(
    private readonly observer: Observer,
    private readonly method: string,
    private readonly span: Span | undefined,
  ) {}

  /** @param caller the caller's `traceparent`, whose trace goes on */
  static begin(observer: Observer, method: string, caller: string | undefined): ObservedRequest {
    const span = beginSpan({ service: observer.service, name: method, kind: SpanKind.SERVER }, caller);
    return new ObservedRequest(observer, method, span);
  }

  /** Under which `traceparent` its work goes on; undefined when nothing is traced. */
  get traceparent(): string | undefined {
    return this.span && traceparentOf(this.span);
  }

  /**
   * @param route the pattern of the path and not the path, which has ids and queries of people
   * @returns how long it took (ms)
   */
  end(route: string, status: number): number {
    const ms = performance.now() - this.began;
    const { service, metrics } = this.observer;
    metrics.requests.observe({ service, method: this.method, route, status: String(status) }, ms / 1000);
    this.endSpan(route, status);
    return ms;
  }

  private endSpan(route: string, status: number): void {
    const { span, method } = this;
    if (!span) return;
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
    });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
