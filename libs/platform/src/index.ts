export * from './config/environment.js';
export * from './problems/problem.js';
export { frameworkProblem } from './problems/framework-problems.js';
export { sendProblem } from './problems/send-problem.js';
export { titleOf } from './problems/titles.js';
export { checked, isTold, validationPipe } from './problems/validation.js';
export * from './auth/principal.js';
export * from './auth/decorators.js';
export { ACCESS_TOKEN_SECONDS, InvalidTokenError, Tokens } from './auth/tokens.js';
export { clientAddress, EDGE_HEADER, edgeHeaderOf } from './auth/edge-header.js';
export { AuditTables1700000000002 } from './audit/audit.migration.js';
export { actorOf, type AuditDraft, type AuditEntry, AuditLog, type AuditVerdict } from './audit/audit-log.js';
export { createDataSource, migrate } from './database/data-source.js';
export * from './http/page.js';
export * from './http/etag.js';
export { AsksAboutWork, giveWay, Slices } from './http/give-way.js';
export { escapeHtml } from './http/html.js';
export { Printable } from './http/printable.js';
export type { VersionPage } from './http/version-list.js';
export { Idempotent, once, type IdempotentRequest } from './http/idempotency.js';
export { makeFolder } from './files/make-folder.js';
export { KeyRing, makeKeysFolder } from './keys/key-ring.js';
export type { PublicJwk } from './keys/signing-keys.js';
export { createLogger } from './observability/logger.js';
export { Metrics } from './observability/metrics.js';
export { ObservedRequest } from './observability/observed-request.js';
export { startTracing } from './observability/tracing.js';
export { correlationIdOf, currentOrigin, withOrigin } from './observability/request-context.js';
export * from './peers/peer-client.js';
export * from './peers/upstreams.js';
export * from './service/definition.js';
export { ENVIRONMENT, LOGGER, SERVICE_DEFINITION } from './service/tokens.js';
export { RunningService, type Checks } from './service/running-service.js';
export { ensureDatabase } from './database/ensure-database.js';
export { databaseUrlOf } from './database/database-url.js';
export {
  availableConnections,
  type ConnectionDemand,
  type ConnectionPlan,
  connectionsWanted,
  planConnections,
  POOL,
} from './database/connection-budget.js';
export { ensureOwnedDatabase } from './database/owned-database.js';
export { openDatabase } from './service/open-database.js';
export { serveAdmin, type AdminServer } from './service/admin-server.js';
export { previewService } from './service/preview.js';
export { startService } from './service/start-service.js';
export { Shutdown } from './service/shutdown.js';
export { doneOnce, sentenceOf, untilDone, untilStopped } from './service/until-stopped.js';
export { readiness } from './service/admin-server.js';
export { createEventLog } from './service/event-log.js';
export { KeptEventLog } from './service/kept-event-log.js';
