import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  AllowRoles,
  AllowService,
  etagOf,
  Idempotent,
  type IdempotentRequest,
  type Page,
  PageQuery,
  Public,
  versionFromIfMatch,
} from '#platform';

const kinds = ['vaccination', 'checkUp'] as const;

export const visitState = z.object({ id: z.string(), kind: z.enum(kinds), room: z.string().nullable() });
export type VisitState = z.infer<typeof visitState>;

/** A visit as the staff see it. */
interface Visit extends VisitState {
  /** When it began. */
  beganAt: Date;
  endedAt?: Date | null;
  answers: Record<string, string>;
}

export class PatientDto {
  @ApiProperty({ example: '0123' }) @Matches(/^\d{4}$/) number: string;
}

export class CreateVisitDto {
  @ApiProperty({ enum: kinds }) @IsIn(kinds) kind: (typeof kinds)[number];
  @IsOptional() @IsInt() @Min(1) @Max(9) room?: number | null;
  @IsArray() @ArrayMaxSize(3) @ValidateNested({ each: true }) @Type(() => PatientDto) patients: PatientDto[];
}

class VisitQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'kinds, separated by commas' })
  @IsOptional()
  @Transform(({ value }: { value: string }) => value.split(','))
  @IsIn(kinds, { each: true })
  kind?: (typeof kinds)[number][];
}

/** Visits of a clinic. */
@ApiTags('visits')
@Controller()
@AllowRoles('centreOfficer')
export class ClinicController {
  /** The visits of a day. Newest first. */
  @Get('visits')
  @Public()
  list(@Query() _query: VisitQuery): Page<Visit> {
    return { items: [], total: 0, totalIsExact: true };
  }

  @Post('visits')
  create(@Body() _dto: CreateVisitDto, @Idempotent() _request: IdempotentRequest): Promise<{ id: string }> {
    return Promise.resolve({ id: '1' });
  }

  @Patch('visits/:id')
  edit(
    @Param('id', ParseUUIDPipe) _id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): VisitState {
    void reply.header('etag', etagOf(versionFromIfMatch(ifMatch)));
    return { id: '1', kind: 'checkUp', room: null };
  }

  @Delete('visits/:id')
  @HttpCode(204)
  @AllowService('clinic.visits')
  remove(@Param('id') _id: string, @Headers('if-match') ifMatch: string | undefined): void {
    if (ifMatch) versionFromIfMatch(ifMatch);
  }

  @Post('files')
  @HttpCode(202)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  take(@Body() _content: unknown): { lines: number } {
    return { lines: 0 };
  }

  @Get(['reference/kinds', 'kinds'])
  kinds(): readonly string[] {
    return kinds;
  }
}
