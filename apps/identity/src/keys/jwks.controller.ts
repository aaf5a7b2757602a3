import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { KeyRing, type PublicJwk, Public } from '#platform';

/** The public keys that access tokens are verified with (RFC 7517). */
@ApiTags('keys')
@Controller()
@Public()
export class JwksController {
  constructor(private readonly keys: KeyRing) {}

  /** The public keys that access tokens are verified with (RFC 7517). */
  @Get(['jwks', '.well-known/jwks.json'])
  @Header('cache-control', 'public, max-age=60')
  @ApiOkResponse({ description: 'a JSON Web Key Set' })
  async jwks(): Promise<{ keys: PublicJwk[] }> {
    return { keys: await this.keys.signing.jwks() };
  }
}
