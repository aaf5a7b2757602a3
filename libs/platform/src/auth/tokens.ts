import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { KeyRing } from '../keys/key-ring.js';
import { type Principal, type Role, roles } from './principal.js';

const ISSUER = 'noiviec';
const API = 'noiviec-api';
/** Lifetime of access tokens, seconds. */
export const ACCESS_TOKEN_SECONDS = 600;
const SERVICE_TOKEN_SECONDS = 120;

/** A token that is missing a claim, expired, for somebody else, or not ours. */
export class InvalidTokenError extends Error {
  override name = 'InvalidTokenError';
}

/** Short EdDSA JWTs: for people (audience: the API) and for services (audience: one service, named scopes). */
@Injectable()
export class Tokens {
  constructor(private readonly keys: KeyRing) {}

  async signUser(principal: Omit<Principal, 'type' | 'scopes'>): Promise<string> {
    return this.sign(
      {
        typ: 'user',
        role: principal.role,
        org: principal.organisationId,
        areas: principal.areas,
        name: principal.name,
      },
      principal.subject,
      API,
      ACCESS_TOKEN_SECONDS,
    );
  }

  /** A token with which `service` may use `scopes` at `audience`, for two minutes. */
  async signService(service: string, audience: string, scopes: readonly string[]): Promise<string> {
    return this.sign(
      { typ: 'service', scope: scopes.join(' ') },
      service,
      serviceAudience(audience),
      SERVICE_TOKEN_SECONDS,
    );
  }

  /**
   * @param service the service that was called; a service token must be for it
   * @throws InvalidTokenError
   */
  async verify(token: string, service: string): Promise<Principal> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyOf(header.kid), {
        issuer: ISSUER,
        audience: [API, serviceAudience(service)],
        algorithms: ['EdDSA'],
        requiredClaims: ['sub', 'exp', 'iat', 'typ'],
      });
      if (payload['typ'] === 'service') return toService(payload, service);
      if (payload['typ'] === 'user') return toUser(payload);
      throw new InvalidTokenError('neither a person nor a service');
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new InvalidTokenError(error.code);
      throw error;
    }
  }

  private async keyOf(kid: string | undefined): Promise<KeyObject> {
    const key = await this.keys.signing.verifying(kid);
    if (!key) throw new InvalidTokenError('signed with a key that is not ours');
    return key;
  }

  private async sign(
    claims: Record<string, unknown>,
    subject: string,
    audience: string,
    seconds: number,
  ): Promise<string> {
    const { kid, privateKey } = await this.keys.signing.signing();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setIssuer(ISSUER)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${seconds} s`)
      .sign(privateKey);
  }
}

/** A service's token is for one service: the audience must be that one, and no list that contains it. */
function toService(payload: JWTPayload, service: string): Principal {
  if (payload.aud !== serviceAudience(service)) throw new InvalidTokenError('for another service');
  const { scope } = payload;
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  return { type: 'service', subject: payload.sub ?? '', areas: [], scopes };
}

function toUser(payload: JWTPayload): Principal {
  if (payload.aud !== API) throw new InvalidTokenError('a person’s token for a service');
  const role = payload['role'] as Role;
  if (!roles.includes(role)) throw new InvalidTokenError('unknown role');
  const areas = Array.isArray(payload['areas'])
    ? payload['areas'].filter((area) => typeof area === 'string')
    : [];
  const text = (claim: unknown): string | undefined => (typeof claim === 'string' ? claim : undefined);
  return {
    type: 'user',
    subject: payload.sub ?? '',
    role,
    organisationId: text(payload['org']),
    areas,
    name: text(payload['name']),
    scopes: [],
  };
}

function serviceAudience(service: string): string {
  return `noiviec:${service}`;
}
