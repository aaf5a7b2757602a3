import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDateString, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../http/page.js';

export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'account id, name of a service, anonymous or platform' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  actor?: string;

  @ApiPropertyOptional({ description: 'id of what it was done to' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  subject?: string;

  @ApiPropertyOptional({ example: 'account.created' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  action?: string;

  @ApiPropertyOptional({ description: 'instant, inclusive' }) @IsOptional() @IsDateString() from?: string;
  @ApiPropertyOptional({ description: 'instant, exclusive' }) @IsOptional() @IsDateString() to?: string;
}

/** A head of the chain that was noted earlier: the service's log has one for each minute in which it grew. */
export class AuditAnchor {
  @ApiPropertyOptional() @IsOptional() @Type(() => Number) @IsInt() @Min(1) seq?: number;
  @ApiPropertyOptional() @IsOptional() @Matches(/^[0-9a-f]{64}$/) mac?: string;
}

export class AuditEntryView {
  @ApiProperty() seq: number;
  @ApiProperty() at: string;
  @ApiProperty({ example: 'account.created' }) action: string;
  @ApiProperty({ type: String, nullable: true }) subject: string | null;
  @ApiProperty() actor: string;
  @ApiProperty({ type: String, nullable: true }) actorRole: string | null;
  @ApiProperty({ type: String, nullable: true }) organisationId: string | null;
  @ApiProperty({ type: String, nullable: true }) reason: string | null;
  @ApiProperty({ type: Object, description: 'what changed, without personal data' })
  details: Record<string, unknown>;
}

export class AuditPage {
  @ApiProperty({ type: [AuditEntryView] }) items: AuditEntryView[];
  @ApiProperty() total: number;
  @ApiProperty() totalIsExact: boolean;
  @ApiPropertyOptional() nextCursor?: string;
}

export class AuditVerdictView {
  @ApiProperty({ description: 'entries read' }) entries: number;
  @ApiProperty() intact: boolean;
  @ApiPropertyOptional({ description: 'first entry that was changed, or that follows a removed one' })
  brokenAt?: number;
}
