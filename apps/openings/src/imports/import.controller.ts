import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import {
  AllowRoles,
  AsksAboutWork,
  Caller,
  Idempotent,
  type IdempotentRequest,
  invalidField,
  type Page,
  PageQuery,
  type Principal,
  Problem,
} from '#platform';
import { EARLIEST_POSTING, isLocalDate, localDate } from '#reference';
import { Text } from '../fields.js';
import { SOURCE_NAME } from './import-source.controller.js';
import { EMPTY_FILE } from './csv-file.js';
import type { ImportJobView } from './import-job.js';
import { type ImportRejection, ImportService } from './import.service.js';
import { rejectionsCsv } from './rejections-csv.js';

class ImportQuery {
  @ApiPropertyOptional({ enum: ['openings'] }) @IsOptional() @IsIn(['openings']) kind = 'openings';
  @ApiPropertyOptional({ format: 'date', description: 'day on which the file was taken; default today' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, {
    context: {
      vi: 'ngày phải có dạng NĂM-THÁNG-NGÀY, ví dụ 2026-07-01',
      en: 'must be a date, YYYY-MM-DD, such as 2026-07-01',
    },
  })
  asOf?: string;
  @ApiPropertyOptional({ description: 'name of the source; postings are known by it and their own id' })
  @IsOptional()
  @Matches(SOURCE_NAME)
  source = 'csv';
  @Text(200, { optional: true }) fileName?: string | null;
}

@ApiTags('imports')
@ApiBearerAuth()
@Controller('imports')
@AllowRoles('centreOfficer', 'administrator')
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  /** Takes a CSV file of postings and answers at once; the job works on it in the background. */
  @Post()
  @HttpCode(202)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async submit(
    @Body() content: unknown,
    @Query() query: ImportQuery,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    if (!Buffer.isBuffer(content)) {
      throw new Problem({
        status: 415,
        code: 'openings.import-needs-csv',
        title: { vi: 'Cần gửi nội dung tệp CSV', en: 'Send the content of a CSV file' },
        detail: {
          vi: 'Tệp nhập phải là CSV, gửi với tiêu đề Content-Type: text/csv; không nhận loại nào khác.',
          en: 'An import takes CSV with the header Content-Type: text/csv, and no other type.',
        },
      });
    }
    if (content.length === 0) {
      throw new Problem({
        status: 422,
        code: 'openings.import-empty',
        title: { vi: 'Không có gì để nhập', en: 'There is nothing to import' },
        detail: EMPTY_FILE,
      });
    }
    const today = localDate();
    const asOf = query.asOf ?? today;
    if (!isLocalDate(asOf) || asOf < EARLIEST_POSTING || asOf > today) {
      throw invalidField('asOf', 'openings.as-of-invalid', {
        vi: `Ngày lấy tệp phải có trong lịch, không trước ${EARLIEST_POSTING} và không ở tương lai.`,
        en: `The day on which the file was taken must be a date from ${EARLIEST_POSTING} to today.`,
      });
    }
    return this.imports.submit(
      { source: query.source, asOf, fileName: query.fileName ?? null, content },
      caller,
      request,
    );
  }

  /** Import jobs of the caller, of administrators all, the latest first. */
  @Get()
  async list(@Query() query: PageQuery, @Caller() caller: Principal): Promise<Page<ImportJobView>> {
    return this.imports.list(caller, query.limit, query.cursor);
  }

  /** An import job and how far it is: rows read, accepted, unchanged, rejected. */
  @Get(':id')
  @AsksAboutWork()
  async get(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: Principal): Promise<ImportJobView> {
    return this.imports.get(id, caller);
  }

  /** Stops an import that waits or runs; what it brought in until then stays. 409 when it has ended otherwise. */
  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: Principal): Promise<ImportJobView> {
    return this.imports.cancel(id, caller);
  }

  /** The rows that an import refused: line, field, reason and value. */
  @Get(':id/rejections')
  async rejections(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
    @Caller() caller: Principal,
  ): Promise<Page<ImportRejection>> {
    return this.imports.rejections(id, caller, query.limit, query.cursor);
  }

  /** All rows that an import refused, as a CSV file for a spreadsheet. */
  @Get(':id/rejections.csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string', format: 'binary' } } } })
  async rejectionsFile(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
  ): Promise<StreamableFile> {
    await this.imports.get(id, caller);
    return new StreamableFile(
      Readable.from(rejectionsCsv((after) => this.imports.rejectionsAfter(id, after))),
      {
        type: 'text/csv; charset=utf-8',
        disposition: `attachment; filename="dong-bi-loai-${id}.csv"`,
      },
    );
  }
}
