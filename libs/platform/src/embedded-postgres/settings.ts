import { totalmem } from 'node:os';

/** PostgreSQL settings by name; units as PostgreSQL writes them ("256MB", "5s"). */
export type PostgresSettings = Record<string, string | number | boolean>;

const MB = 1024 * 1024;

/**
 * Settings for a district office's machine (2 cores, 4 GB or more), durable. The budget of 120 connections is
 * eight services of up to 12 plus administration.
 */
export function defaultSettings(memoryBytes = totalmem()): PostgresSettings {
  const memoryMb = Math.floor(memoryBytes / MB);
  return {
    listen_addresses: '127.0.0.1',
    // TCP on loopback only: a socket path under a deep DATA_DIR can exceed the system's 107 bytes.
    unix_socket_directories: '',
    max_connections: 120,
    password_encryption: 'scram-sha-256',
    shared_buffers: `${Math.max(32, Math.min(256, Math.floor(memoryMb / 8)))}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memoryMb / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: 1.1,
    jit: false,
    max_parallel_workers_per_gather: 1,
    io_workers: 2,
    fsync: true,
    full_page_writes: true,
    synchronous_commit: true,
    min_wal_size: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    // The outbox and the event log turn over quickly.
    autovacuum_naptime: '15s',
    // Work of a platform that was killed ends with it, so that an adopted server is soon free of its locks.
    client_connection_check_interval: '2s',
    idle_in_transaction_session_timeout: '5min',
    max_logical_replication_workers: 0,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] %q%u@%d ',
    // The server's own events only: texts of failed statements and rows hold personal data.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: false,
  };
}

/** The text of postgresql.conf; an office's own changes go to custom.conf beside it and win. */
export function configurationFile(settings: PostgresSettings): string {
  const line = ([name, value]: [string, string | number | boolean]) =>
    `${name} = ${typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`;
  return [
    '# Written by the platform at each start: put changes into custom.conf beside this file.',
    ...Object.entries(settings).map(line),
    "include = 'custom.conf'",
    '',
  ].join('\n');
}

export const CUSTOM_CONFIGURATION = '# Settings of this office; they win over those in postgresql.conf.\n';

/** Passwords for everyone, over loopback only. */
export const HOST_BASED_AUTHENTICATION = [
  '# Written by the platform at each start.',
  'host all all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');
