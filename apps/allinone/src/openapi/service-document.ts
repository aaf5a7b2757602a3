import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { accessRuleOf, previewService, type ServiceDefinition } from '#platform';
import type { ControllerSources, OperationSource } from './controller-sources.js';
import { type Class, DtoSchemas } from './dto-schemas.js';
import type { JsonSchema } from './json-schema.js';
import {
  COMMON,
  type Document,
  type Operation,
  reachable,
  securityOf,
  summarised,
  used,
} from './open-api.js';
import { OperationParameters } from './operation-parameters.js';
import { TypeSchemas } from './type-schemas.js';

type Controller = new (...args: never[]) => object;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const SUCCESS: Record<number, string> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'Done; no content' };

export interface ServiceDocument {
  document: Document;
  /** Where the sources contradict themselves: sentences for the developer. */
  contradictions: string[];
}

/**
 * The OpenAPI 3.1 document of a service. Routes, tags and the like come from Nest, answers and bodies from the
 * types of the controllers' methods, rules from class-validator, texts from docstrings and `@ApiProperty`, access
 * from what the guard reads.
 */
export async function documentService(
  definition: ServiceDefinition,
  sources: ControllerSources,
  version: string,
): Promise<ServiceDocument> {
  const app = await previewService(definition);
  const controllers = new Map<string, Controller>();
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values())
      controllers.set((metatype as Controller).name, metatype as Controller);

  const config = new DocumentBuilder().setOpenAPIVersion('3.1.0').build();
  const routes = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  }) as unknown as Pick<Document, 'paths'>;

  const types = new TypeSchemas(sources.checker, sources.aliases);
  const dtos = new DtoSchemas(types.components);
  const parameters = new OperationParameters(types, dtos);
  const tags = new Map<string, string>();
  const paths: Document['paths'] = {};
  const ids = new Set<string>();

  for (const [path, item] of Object.entries(routes.paths).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const method of METHODS) {
      const route = item[method];
      if (!route) continue;
      const [controllerName = '', handlerName = ''] = (route.operationId ?? '').replace(/\[\d+\]$/, '').split('.');
      const controller = controllers.get(controllerName);
      if (!controller) throw new Error(`${definition.name} has no controller ${controllerName}.`);
      const handler = (controller.prototype as Record<string, object>)[handlerName] ?? {};
      const source = sources.operation(definition.name, controllerName, handlerName);
      const access = accessRuleOf(definition.name, handler, controller);
      const success = (Reflect.getMetadata(HTTP_CODE_METADATA, handler) ??
        (method === 'post' ? 201 : 200)) as number;
      for (const tag of route.tags ?? []) if (!tags.get(tag)) tags.set(tag, source.controllerDocumentation);
      const classes = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handlerName) ??
        []) as unknown[];
      const operation: Operation = {
        tags: route.tags,
        operationId: unique(operationId(controllerName, handlerName), path, ids),
        ...summarised(route, source),
        'x-access': access ?? { kind: 'nobody' },
        security: securityOf(access, route.security),
        ...parameters.of(route, method, source, classes),
        responses: {
          [success]: answer(types, dtos, route, source, success, answerClasses(handler)),
          ...Object.fromEntries(
            Object.entries(route.responses).filter(([code]) => !/^2|default/.test(code)),
          ),
          default: { $ref: '#/components/responses/Problem' },
        },
      };
      (paths[asTheEdgeShowsIt(path, definition)] ??= {})[method] = operation;
    }
  }
  const document: Document = {
    openapi: '3.1.0',
    info: {
      title: `Nối Việc: ${definition.name}`,
      version,
      description: COMMON.description,
      'x-data-licence': COMMON.dataLicence,
    },
    servers: [{ url: '/' }],
    tags: [...tags].sort().map(([name, description]) => ({ name, ...(description ? { description } : {}) })),
    paths,
    components: {
      schemas: {},
      responses: COMMON.responses,
      parameters: {},
      headers: {},
      securitySchemes: {},
    },
  };
  const components = new Map<string, JsonSchema>([...types.components, ...Object.entries(COMMON.schemas)]);
  document.components.schemas = reachable(document, components);
  document.components.parameters = used(document.paths, 'parameters', COMMON.parameters);
  document.components.headers = used(document.paths, 'headers', COMMON.headers);
  document.components.securitySchemes = Object.fromEntries(
    Object.entries(COMMON.securitySchemes).filter(([name]) => JSON.stringify(paths).includes(`{"${name}":[]}`)),
  );
  return { document, contradictions: dtos.contradictions.map((text) => `${definition.name}: ${text}`) };
}

function answer(
  types: TypeSchemas,
  dtos: DtoSchemas,
  route: Operation,
  source: OperationSource,
  code: number,
  classes: readonly Class[],
): Operation['responses'][string] {
  const given = route.responses[code];
  const schema = types.answerOf(source.returns);
  const isBinary = schema?.format === 'binary';
  for (const type of classes) dtos.complete(type);
  const [mediaType = isBinary ? 'application/octet-stream' : 'application/json'] = Object.keys(
    given?.content ?? {},
  );
  return {
    description: given?.description || (SUCCESS[code] ?? 'Done'),
    ...(source.tagged ? { headers: { ETag: { $ref: '#/components/headers/ETag' } } } : {}),
    ...(schema ? { content: { [mediaType]: { schema } } } : given?.content ? { content: given.content } : {}),
  };
}

/** The classes that `@ApiResponse` names: they have texts for the answer's members. */
function answerClasses(handler: object): Class[] {
  const responses = (Reflect.getMetadata('swagger/apiResponse', handler) ?? {}) as Record<string, { type?: unknown }>;
  return Object.values(responses).flatMap(({ type }) => (typeof type === 'function' ? [type as Class] : []));
}

/** `jobOpeningCreate`: the controller's noun, then the method. */
function operationId(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  const noun = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return noun === method ? noun : `${noun}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

/** A method with several paths is several operations; the further ones are named for the end of their path. */
function unique(id: string, path: string, taken: Set<string>): string {
  const end = (path.split('/').at(-1) ?? '').replace(/(?:^|\W)+(\w)/g, (_, letter: string) => letter.toUpperCase());
  const name = taken.has(id) ? `${id}At${end}` : id;
  if (taken.has(name)) throw new Error(`Two operations are called ${name}.`);
  taken.add(name);
  return name;
}

/** `/api/v1/matching/reference/…` is reached as `/api/v1/reference/…`. */
function asTheEdgeShowsIt(path: string, { name, alsoServes = [] }: ServiceDefinition): string {
  const alias = alsoServes.find((other) => path.startsWith(`/api/v1/${name}/${other}/`));
  return alias ? path.replace(`/api/v1/${name}/${alias}/`, `/api/v1/${alias}/`) : path;
}
