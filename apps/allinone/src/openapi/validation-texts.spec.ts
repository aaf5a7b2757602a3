import { expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import '../services.js';
import { isTold } from '#platform';

interface Rule {
  target: (new () => object) | string;
  propertyName: string;
  type: string;
  name?: string;
  context?: unknown;
}

it('of everything that the services ask of their fields people can be told, in both languages', () => {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<unknown, Rule[]>;
  };
  const rules = [...validationMetadatas.values()].flat();
  expect(rules.length).toBeGreaterThan(100);
  const silent = rules
    .filter(({ type }) => type !== 'conditionalValidation')
    .map(({ name, type, ...rule }) => ({ ...rule, constraint: name ?? type }))
    
    .filter(({ constraint, context }) => !isTold(constraint, context))
    .map(({ target, propertyName, constraint }) =>
      `${typeof target === 'string' ? target : target.name}.${propertyName}: ${constraint}`,
    );
  expect(silent).toEqual([]);
});
