import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountController } from './account/account.controller.js';
import { Account } from './account/account.entity.js';
import { AccountService } from './account/account.service.js';
import { ActiveAccountGuard } from './active-account.guard.js';
import { DemoAccounts } from './first-start/demo-accounts.js';
import { FirstAdministrator } from './first-start/first-administrator.js';
import { Housekeeping } from './housekeeping.js';
import { JwksController } from './keys/jwks.controller.js';
import { SigningKeyController } from './keys/signing-key.controller.js';
import { MeController } from './me/me.controller.js';
import { OwnAccountService } from './me/own-account.service.js';
import { OrganisationController } from './organisation/organisation.controller.js';
import { Organisation } from './organisation/organisation.entity.js';
import { OrganisationService } from './organisation/organisation.service.js';
import { PasswordCodeService } from './password/password-code.service.js';
import { PasswordController } from './password/password.controller.js';
import { PasswordHasher } from './password/password-hasher.js';
import { RegistrationController } from './registration/registration.controller.js';
import { RegistrationService } from './registration/registration.service.js';
import { RefreshCookie } from './session/refresh-cookie.js';
import { SessionService } from './session/session.service.js';
import { SignInService } from './session/sign-in.service.js';
import { TokenController } from './session/token.controller.js';
import { Throttle } from './throttle/throttle.js';

@Module({
  imports: [TypeOrmModule.forFeature([Account, Organisation])],
  controllers: [
    TokenController,
    MeController,
    RegistrationController,
    PasswordController,
    AccountController,
    OrganisationController,
    JwksController,
    SigningKeyController,
  ],
  providers: [
    AccountService,
    DemoAccounts,
    FirstAdministrator,
    Housekeeping,
    OrganisationService,
    OwnAccountService,
    PasswordCodeService,
    PasswordHasher,
    RefreshCookie,
    RegistrationService,
    SessionService,
    SignInService,
    Throttle,
    { provide: APP_GUARD, useClass: ActiveAccountGuard },
  ],
})
export class IdentityModule {}
