import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { Public } from '#platform';

class SitemapQuery {
  @ApiProperty({ minimum: 0 }) @Type(() => Number) @IsInt() @Min(0) @Max(10_000) page: number;
  @ApiProperty({ minimum: 1, maximum: 50_000 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50_000)
  size: number;
}

/** The addresses of all published openings, for the sitemap. */
@ApiTags('public')
@Controller('public/sitemap')
@Public()
export class SitemapController {
  constructor(private readonly dataSource: DataSource) {}

  /** Ids of all published postings in pages, for the sitemap. */
  @Get()
  async page(
    @Query() { page, size }: SitemapQuery,
  ): Promise<{ total: number; items: { id: string; updatedAt: Date }[] }> {
    const [count] = await this.dataSource.query<{ total: number }[]>(
      "SELECT count(*)::int AS total FROM job_opening WHERE status = 'published'",
    );
    const items = await this.dataSource.query<{ id: string; updatedAt: Date }[]>(
      `SELECT id, updated_at AS "updatedAt" FROM job_opening WHERE status = 'published' ORDER BY id OFFSET $1 LIMIT $2`,
      [page * size, size],
    );
    return { total: count?.total ?? 0, items };
  }
}
