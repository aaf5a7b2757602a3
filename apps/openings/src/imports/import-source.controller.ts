import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { AllowRoles, AuditLog, Caller, invalidField, type Principal } from '#platform';
import { act } from '../audit.js';

export const SOURCE_NAME = /^[a-z0-9][a-z0-9.-]{0,49}$/;

class ImportSourceDto {
  @ApiProperty({ description: 'what administrators import from it is published without an officer’s look' })
  @IsBoolean()
  trusted: boolean;

  @ApiProperty({
    description: 'days that a posting stays public after it was last seen',
    minimum: 1,
    maximum: 365,
  })
  @IsInt()
  @Min(1)
  @Max(365)
  keepDays: number;
}

interface ImportSourceView {
  name: string;
  trusted: boolean;
  keepDays: number;
}

/** Where imported postings come from, and which of these sources are trusted. */
@ApiTags('imports')
@ApiBearerAuth()
@Controller('import-sources')
@AllowRoles('administrator')
export class ImportSourceController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  /** All sources by name. */
  @Get()
  async list(): Promise<{ items: ImportSourceView[] }> {
    const items = await this.dataSource.query<ImportSourceView[]>(
      'SELECT name, trusted, keep_days AS "keepDays" FROM import_source ORDER BY name',
    );
    return { items };
  }

  /** Says how a source is dealt with from its next file on; one that is not known yet is made. */
  @Put(':name')
  async put(
    @Param('name') name: string,
    @Body() { trusted, keepDays }: ImportSourceDto,
    @Caller() caller: Principal,
  ): Promise<ImportSourceView> {
    if (!SOURCE_NAME.test(name)) {
      throw invalidField('name', 'openings.source-name', {
        vi: 'Tên nguồn chỉ gồm chữ thường, số, dấu chấm và gạch nối.',
        en: 'The name of a source has small letters, digits, dots and hyphens only.',
      });
    }
    await this.dataSource.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO import_source (name, trusted, keep_days, decided, created_by) VALUES ($1, $2, $3, true, $4)
         ON CONFLICT (name) DO UPDATE
           SET trusted = excluded.trusted, keep_days = excluded.keep_days, decided = true`,
        [name, trusted, keepDays, caller.subject],
      );
      const details = { trusted, keepDays };
      await this.audit.append(tx, [act(caller, 'import-source.decided', name, { details })]);
    });
    return { name, trusted, keepDays };
  }
}
