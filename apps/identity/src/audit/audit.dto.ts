import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDateString, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { PageQuery } from '#platform';

export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'account id, or the name of a service' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  actorId?: string;

  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(100) targetId?: string;

  @ApiPropertyOptional({ example: 'account.created' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  action?: string;

  @ApiPropertyOptional({ description: 'instant, inclusive' }) @IsOptional() @IsDateString() from?: string;
  @ApiPropertyOptional({ description: 'instant, exclusive' }) @IsOptional() @IsDateString() to?: string;
}

/** A head of the chain that was noted earlier, from the service's log or an earlier verification. */
export class VerificationQuery {
  @ApiPropertyOptional() @IsOptional() @Type(() => Number) @IsInt() @Min(1) seq?: number;
  @ApiPropertyOptional() @IsOptional() @Matches(/^[0-9a-fA-F]{64}$/) hash?: string;
}

export class AuditEntryView {
  @ApiProperty() seq: number;
  @ApiProperty() at: string;
  @ApiProperty({ enum: ['user', 'service', 'system', 'anonymous'] }) actorType: string;
  @ApiProperty({ type: String, nullable: true }) actorId: string | null;
  @ApiProperty({ type: String, nullable: true }) actorRole: string | null;
  @ApiProperty({ example: 'account.created' }) action: string;
  @ApiProperty({ type: String, nullable: true }) targetType: string | null;
  @ApiProperty({ type: String, nullable: true }) targetId: string | null;
  @ApiProperty({ type: Object, nullable: true, description: 'before and after, without personal data' })
  change: object | null;
  @ApiProperty({ type: String, nullable: true }) correlationId: string | null;
}

export class AuditPage {
  @ApiProperty({ type: [AuditEntryView] }) items: AuditEntryView[];
  @ApiProperty() total: number;
  @ApiProperty() totalIsExact: boolean;
  @ApiPropertyOptional() nextCursor?: string;
}

class AuditHead {
  @ApiProperty() seq: number;
  @ApiProperty({
    description: 'hexadecimal; note it elsewhere to be able to prove later that nothing was cut off',
  })
  hash: string;
}

class BrokenEntry {
  @ApiProperty() seq: number;
  @ApiProperty({ enum: ['changed', 'missing', 'head-differs', 'anchor-differs'] }) reason: string;
}

export class VerificationView {
  @ApiProperty() intact: boolean;
  @ApiProperty() entries: number;
  @ApiProperty() head: AuditHead;
  @ApiPropertyOptional() broken?: BrokenEntry;
}
