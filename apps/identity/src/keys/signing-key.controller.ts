import { Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { AllowRoles, Caller, conflict, KeyRing, type Principal } from '#platform';
import { actorOf, AuditTrail } from '../audit/audit-trail.js';

class SigningKeyView {
  @ApiProperty({ description: 'key id of the tokens signed from now on' }) kid: string;
}

@ApiTags('keys')
@ApiBearerAuth()
@Controller('signing-keys')
@AllowRoles('administrator')
export class SigningKeyController {
  constructor(
    private readonly keys: KeyRing,
    private readonly dataSource: DataSource,
    private readonly audit: AuditTrail,
  ) {}

  /** Signs tokens with a new key from now on. Nobody is signed out: tokens of the old key are valid until they expire. */
  @Post()
  @ApiCreatedResponse({ type: SigningKeyView })
  async rotate(@Caller() caller: Principal): Promise<SigningKeyView> {
    const kid = await this.rotateKey();
    await this.dataSource.transaction((tx) =>
      this.audit.append(tx, {
        actor: actorOf(caller),
        action: 'signing-key.rotated',
        target: { type: 'signing-key', id: kid },
      }),
    );
    return { kid };
  }

  private async rotateKey(): Promise<string> {
    try {
      return await this.keys.signing.rotate();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
      throw conflict(
        'identity.keys-read-only',
        { vi: 'Thư mục khóa chỉ cho đọc', en: 'The folder of the keys is read-only' },
        {
          vi: 'Hãy thay khóa ở nơi cung cấp KEYS_DIR (ví dụ kho bí mật của cụm máy).',
          en: 'Replace the key where KEYS_DIR comes from (the secret store of the cluster, say).',
        },
      );
    }
  }
}
