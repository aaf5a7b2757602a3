import { Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { actorOf, AllowRoles, AuditLog, Caller, conflict, KeyRing, type Principal } from '#platform';

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
    private readonly audit: AuditLog,
  ) {}

  /** Signs tokens with a new key from now on. Nobody is signed out: tokens of the old key are valid until they expire. */
  @Post()
  @ApiCreatedResponse({ type: SigningKeyView })
  async rotate(@Caller() caller: Principal): Promise<SigningKeyView> {
    const kid = await this.rotateKey();
    await this.dataSource.transaction((tx) =>
      this.audit.append(tx, [
        {
          ...actorOf(caller),
          action: 'signing-key.rotated',
          subject: kid,
        },
      ]),
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
