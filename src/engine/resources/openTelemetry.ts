import type { LibraryModel } from './model';

/** Setters of a span, which give it again. */
const FLUENT = ['setAttribute', 'setAttributes', 'addEvent', 'addLink', 'addLinks', 'setStatus', 'updateName'];

/** A span that is not ended is never exported: what it measured is lost, and so is the error that would explain it. */
export const openTelemetry: LibraryModel = {
  library: '@opentelemetry/api',
  modules: ['@opentelemetry/api'],
  resources: [
    {
      id: 'opentelemetry.Span',
      noun: 'span',
      family: 'disposable',
      lifetime: 'scoped',
      types: ['Span'],
      acquires: [{ call: 'Tracer#startSpan' }, { call: 'Tracer#startActiveSpan', holder: { in: 'callback', parameter: 0 } }],
      releases: [{ method: 'end' }],
      fluent: FLUENT,
      atMost: 'potential',
    },
  ],
  // A context carries the span, and ends nothing.
  effects: [{ call: 'TraceAPI#setSpan', argument: 1, effect: 'borrow' }, { call: 'trace.setSpan', argument: 1, effect: 'borrow' }],
  // The API never throws, whatever is installed behind it. `context.with` does where its function does.
  quiet: [
    ...[...FLUENT, 'recordException', 'isRecording', 'spanContext'].map((method) => `Span#${method}`),
    ...['Tracer#startSpan', 'context.active', 'ContextAPI#active', 'context.bind', 'ContextAPI#bind'],
    ...['getTracer', 'setSpan', 'getSpan', 'getActiveSpan', 'deleteSpan', 'getSpanContext', 'setSpanContext'].flatMap((method) => [`trace.${method}`, `TraceAPI#${method}`]),
    ...['inject', 'extract'].flatMap((method) => [`propagation.${method}`, `PropagationAPI#${method}`]),
  ],
  returns: { 'trace.getTracer': 'Tracer', 'TraceAPI#getTracer': 'Tracer', 'TracerProvider#getTracer': 'Tracer' },
};

/** What exports in the background, until it is shut down with the process. */
export const openTelemetrySdk: LibraryModel = {
  library: '@opentelemetry/sdk-trace and sdk-metrics',
  modules: ['@opentelemetry/sdk-trace', '@opentelemetry/sdk-metrics', '@opentelemetry/sdk-trace-base', '@opentelemetry/sdk-trace-node'],
  resources: [
    {
      id: 'opentelemetry.provider',
      noun: 'telemetry provider',
      family: 'disposable',
      lifetime: 'process',
      types: ['TracerProvider', 'MeterProvider', 'MetricReader', 'PeriodicExportingMetricReader', 'BatchSpanProcessor', 'SimpleSpanProcessor'],
      acquires: ['TracerProvider', 'MeterProvider', 'PeriodicExportingMetricReader', 'BatchSpanProcessor'].map((name) => ({ call: `new ${name}` })),
      releases: [{ method: 'shutdown', async: true }],
    },
  ],
};
