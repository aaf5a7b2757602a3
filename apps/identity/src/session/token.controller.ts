import { Body, Controller, Delete, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress, Problem, Public } from '#platform';
import { RefreshCookie } from './refresh-cookie.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { SessionService, type SignedIn } from './session.service.js';
import { SignInService } from './sign-in.service.js';
import { AccessTokenView, SignInDto } from './token.dto.js';

@ApiTags('tokens')
@Controller('tokens')
@Public()
@UseGuards(SameOriginGuard)
export class TokenController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Signs in: the access token in the answer, the refresh token in the cookie `nv_refresh`. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: AccessTokenView })
  async signIn(
    @Body() { email, password }: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessTokenView> {
    const signedIn = await this.signIns.signIn(email, password, clientAddress(request));
    await this.sessions.end(this.cookie.read(request), 'replaced');
    return this.answer(reply, signedIn);
  }

  /** Continues a session: a new access token, and the next refresh token in the cookie. */
  @Post('refresh')
  @HttpCode(200)
  @ApiCookieAuth('nv_refresh')
  @ApiOkResponse({ type: AccessTokenView })
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessTokenView> {
    try {
      return this.answer(reply, await this.sessions.refresh(this.cookie.read(request)));
    } catch (error) {
      if (error instanceof Problem && error.getStatus() === 401) this.cookie.clear(reply);
      throw error;
    }
  }

  /** Signs out. */
  @Delete()
  @HttpCode(204)
  @ApiCookieAuth('nv_refresh')
  @ApiNoContentResponse()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(this.cookie.read(request), 'signed-out');
    this.cookie.clear(reply);
  }

  private answer(reply: FastifyReply, signedIn: SignedIn): AccessTokenView {
    this.cookie.set(reply, signedIn);
    void reply.header('cache-control', 'no-store');
    return { accessToken: signedIn.accessToken, expiresIn: signedIn.expiresIn };
  }
}
