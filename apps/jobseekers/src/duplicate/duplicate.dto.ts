import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { PageQuery, Printable } from '#platform';

const statuses = ['open', 'merged', 'dismissed'] as const;

export class DuplicateQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statuses, default: 'open' })
  @IsOptional()
  @IsIn(statuses)
  status: (typeof statuses)[number] = 'open';
}

export class MergeDto {
  @ApiPropertyOptional({
    description:
      'the officer has compared the person with a document; needed when an unverified account is involved',
  })
  @IsOptional()
  @IsBoolean()
  identityChecked?: boolean;
}

export class DismissDto {
  @ApiProperty() @IsString() @MinLength(3) @MaxLength(500) @Printable() reason: string;
}
