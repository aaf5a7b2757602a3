import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { routePrefix, type ServiceDefinition, type ServiceHost } from './definition.js';
import { PlatformModule } from './platform.module.js';

/** Nest makes nothing in a preview: no factory is called, so nothing of the host is used. */
const NOBODY = {} as ServiceHost;

/**
 * A service's modules and routes as they would run, without its database, its log or any of its objects: for what
 * is written about it. Nothing needs closing.
 */
export async function previewService(definition: ServiceDefinition): Promise<NestFastifyApplication> {
  @Module({ imports: [PlatformModule.forService(definition, NOBODY), definition.module] })
  class ServiceRoot {}

  const app = await NestFactory.create<NestFastifyApplication>(ServiceRoot, new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
    abortOnError: false,
  });
  app.setGlobalPrefix(routePrefix(definition));
  return app;
}
