import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller, type Principal } from '#platform';
import { type DataExport, DataExports } from './data-export.js';
import { Erasure, type ErasureReason, erasureReasons } from './erasure.js';

export class EraseDto {
  @ApiPropertyOptional({ enum: erasureReasons, description: 'required of officers' })
  @IsOptional()
  @IsIn(erasureReasons)
  reason?: ErasureReason;
}

@ApiTags('rights of the person')
@ApiBearerAuth()
@Controller('jobseekers/:id')
@AllowRoles('jobseeker', 'centreOfficer')
export class RightsController {
  constructor(
    private readonly exports: DataExports,
    private readonly erasure: Erasure,
  ) {}

  /** Everything that is kept about the person, as a file. */
  @Get('export')
  async export(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DataExport> {
    void reply.header('content-disposition', 'attachment; filename="noi-viec.json"');
    return this.exports.export(id, caller);
  }

  /** Erases the person; closed figures stay without them. */
  @Delete()
  @HttpCode(204)
  async erase(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: EraseDto,
    @Caller() caller: Principal,
  ): Promise<void> {
    // A DELETE without a body has none to give.
    await this.erasure.erase(id, (dto as EraseDto | undefined)?.reason, caller);
  }
}
