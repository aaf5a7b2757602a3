import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AllowRoles, decodeCursor, encodeCursor } from '#platform';
import { AuditPage, AuditQuery, VerificationQuery, VerificationView } from './audit.dto.js';
import { AuditTrail } from './audit-trail.js';

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value);

@ApiTags('audit')
@ApiBearerAuth()
@Controller('audit')
@AllowRoles('administrator')
export class AuditController {
  constructor(private readonly audit: AuditTrail) {}

  @Get()
  @ApiOkResponse({ type: AuditPage })
  async list(@Query() query: AuditQuery): Promise<AuditPage> {
    const filter = {
      actorId: query.actorId,
      targetId: query.targetId,
      action: query.action,
      from: query.from ? new Date(query.from) : undefined,
      to: query.to ? new Date(query.to) : undefined,
    };
    const before = query.cursor ? decodeCursor(query.cursor, isSeq) : undefined;
    const entries = await this.audit.list(filter, query.limit, before);
    const last = entries.length === query.limit ? entries.at(-1) : undefined;
    return {
      items: entries.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
      total: await this.audit.count(filter),
      totalIsExact: true,
      nextCursor: last && encodeCursor(last.seq),
    };
  }

  /** Recomputes the hash chain: an entry that was changed, removed or cut off is found. */
  @Get('verification')
  @ApiOkResponse({ type: VerificationView })
  verify(@Query() { seq, hash }: VerificationQuery): Promise<VerificationView> {
    return this.audit.verify(seq !== undefined && hash ? { seq, hash } : undefined);
  }
}
