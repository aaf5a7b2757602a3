import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT, errors } from 'jose';
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
      const { payload } = await jwtVerify(token, this.keys.verifyKey, {
        issuer: ISSUER,
        audience: [API, serviceAudience(service)],
        algorithms: ['EdDSA'],
        requiredClaims: ['sub', 'exp', 'typ'],
      });
      const subject = payload.sub ?? '';
      if (payload['typ'] === 'service' && payload.aud === serviceAudience(service)) {
        return {
          type: 'service',
          subject,
          areas: [],
          scopes: (typeof payload['scope'] === 'string' ? payload['scope'] : '').split(' '),
        };
      }
      if (payload['typ'] !== 'user' || payload.aud !== API)
        throw new InvalidTokenError('wrong kind of token');
      const role = payload['role'] as Role;
      if (!roles.includes(role)) throw new InvalidTokenError('unknown role');
      const areas = Array.isArray(payload['areas']) ? payload['areas'].map(String) : [];
      const text = (claim: unknown): string | undefined => (typeof claim === 'string' ? claim : undefined);
      return {
        type: 'user',
        subject,
        role,
        organisationId: text(payload['org']),
        areas,
        name: text(payload['name']),
        scopes: [],
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new InvalidTokenError(error.code);
      throw error;
    }
  }

  private async sign(
    claims: Record<string, unknown>,
    subject: string,
    audience: string,
    seconds: number,
  ): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: this.keys.keyId })
      .setIssuer(ISSUER)
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${seconds} s`)
      .sign(this.keys.signingKey);
  }
}

function serviceAudience(service: string): string {
  return `noiviec:${service}`;
}
