import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../auth/decorators.js';
import { decodeCursor, encodeCursor } from '../http/page.js';
import { AuditAnchor, AuditPage, AuditQuery, AuditVerdictView } from './audit.dto.js';
import { AuditLog } from './audit-log.js';

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value);

/** The audit trail of a service that keeps one. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('admin/audit')
@AllowRoles('administrator')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  /** Entries, newest first. */
  @Get()
  @ApiOkResponse({ type: AuditPage })
  async list(@Query() { limit, cursor, actor, subject, action, from, to }: AuditQuery): Promise<AuditPage> {
    const filter = { actor, subject, action, from, to };
    const items = await this.audit.list(filter, limit, cursor ? decodeCursor(cursor, isSeq) : undefined);
    const last = items.length === limit ? items.at(-1) : undefined;
    return {
      items,
      total: await this.audit.count(filter),
      totalIsExact: true,
      nextCursor: last && encodeCursor(last.seq),
    };
  }

  /** Recomputes the chain: an entry that was changed or removed is found; with an anchor also a cut-off end. */
  @Get('verification')
  @ApiOkResponse({ type: AuditVerdictView })
  verify(@Query() { seq, mac }: AuditAnchor): Promise<AuditVerdictView> {
    return this.audit.verify(seq !== undefined && mac ? { seq, mac } : undefined);
  }
}
