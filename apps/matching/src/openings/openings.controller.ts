import { Controller, Get, Headers, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '#platform';
import type { Suggestion } from '../search/typeahead.js';
import { type OpeningList, OpeningsService } from './openings.service.js';
import type { OpeningView } from './opening-view.js';
import { SearchOpeningsQuery, TypeaheadQuery } from './search.dto.js';

/** The public search. */
@ApiTags('openings')
@Controller('openings')
@Public()
export class OpeningsController {
  constructor(private readonly openings: OpeningsService) {}

  /** Searches the published openings by words and conditions, with facets. */
  @Get()
  search(
    @Query() query: SearchOpeningsQuery,
    @Headers('accept-language') language?: string,
  ): Promise<OpeningList> {
    return this.openings.search(query, /^en\b/i.test(language ?? '') ? 'en' : 'vi');
  }

  /** Completes what is being typed: occupations, titles, places. */
  @Get('typeahead')
  typeahead(@Query() { q }: TypeaheadQuery): { items: Suggestion[] } {
    return { items: this.openings.typeahead(q) };
  }

  /** One published opening as the search knows it. */
  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<OpeningView & { description: string | null }> {
    return this.openings.get(id);
  }
}
