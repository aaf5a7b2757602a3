import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/decorators.js';
import { notFound } from '../problems/problem.js';
import { ENVIRONMENT, SERVICE_DEFINITION } from '../service/tokens.js';
import type { Environment, ServiceDefinition } from '../service/tokens.js';

/** The committed documents, as seen from the sources and from `dist`. */
const FOLDERS = ['../../../../openapi/', '../../../../../openapi/'].map(
  (path) => new URL(path, import.meta.url),
);

interface OpenApiDocument {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, unknown>;
  [member: string]: unknown;
}

/** The service's own description for programs. */
@ApiTags('documentation')
@Controller()
@Public()
export class OpenApiController {
  private document?: Promise<OpenApiDocument>;

  constructor(
    @Inject(SERVICE_DEFINITION) private readonly definition: ServiceDefinition,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** This document, with the licence of the data that the operator states. */
  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  openapi(): Promise<OpenApiDocument> {
    return (this.document ??= this.read());
  }

  private async read(): Promise<OpenApiDocument> {
    const name = `${this.definition.name}.json`;
    const folder = FOLDERS.find((candidate) => existsSync(new URL(name, candidate)));
    if (!folder)
      throw notFound(
        `${this.definition.name}.openapi-not-found`,
        'Không có tài liệu OpenAPI',
        'There is no OpenAPI document',
      );
    const document = JSON.parse(await readFile(new URL(name, folder), 'utf8')) as OpenApiDocument;
    const { DATA_LICENCE: licence } = this.environment;
    return licence ? { ...document, info: { ...document.info, 'x-data-licence': licence } } : document;
  }
}
