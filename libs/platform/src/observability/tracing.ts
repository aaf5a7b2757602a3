import { type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import { useTracing } from '#events';
import type { Environment } from '../config/environment.js';

/** A span is sent within about this time. */
const EXPORT_EVERY_MS = 1000;

/**
 * Sends traces to the OpenTelemetry collector that OTEL_EXPORTER_OTLP_ENDPOINT names (OTLP over HTTP, JSON); without
 * it nothing is traced and nothing of the SDK is loaded. Each service is a service of its own in the traces, also
 * where one process composes them all.
 * @returns what sends the rest and ends it
 */
export async function startTracing({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: Environment): Promise<() => Promise<void>> {
  if (!endpoint) return () => Promise.resolve();
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const processor = new sdk.BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
    scheduledDelayMillis: EXPORT_EVERY_MS,
  });
  const sampler = new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) });
  const tracers = new Map<string, Tracer>();
  const provider: TracerProvider = {
    getTracer: (service) => {
      let tracer = tracers.get(service);
      if (!tracer) {
        const resource = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'noi-viec' });
        tracer = new sdk.TracerProvider({ resource, sampler, spanProcessors: [processor] }).getTracer(
          service,
        );
        tracers.set(service, tracer);
      }
      return tracer;
    },
  };
  trace.setGlobalTracerProvider(provider);
  useTracing();
  return () => processor.shutdown();
}
