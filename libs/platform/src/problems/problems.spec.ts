import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Delete, Get, Module, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMinSize, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { Test } from 'supertest';
import { Public } from '../auth/decorators.js';
import { PageQuery } from '../http/page.js';
import { Printable } from '../http/printable.js';
import { startTestService, type TestHttp, type TestService } from '../testing/index.js';

class SearchQuery extends PageQuery {
  @IsOptional() @IsString() q?: string;
}
class Pay {
  @IsString() currency: string;
}
class Thing {
  @IsString() @MaxLength(5) @Printable() name: string;
  @ArrayMinSize(1) places: string[];
  @ValidateNested() @Type(() => Pay) pay: Pay;
}

@Public()
@Controller('things')
class ThingsController {
  @Get()
  list(@Query() query: SearchQuery): object {
    return { ...query };
  }

  @Get(':id')
  one(@Param('id', ParseUUIDPipe) id: string): object {
    return { id };
  }

  @Delete(':id')
  remove(): void {}

  @Post()
  make(@Body() thing: Thing): Thing {
    return thing;
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const RIGHT = { name: 'Sen', places: ['19'], pay: { currency: 'VND' } };

describe('What is wrong with a request', () => {
  let service: TestService;
  let http: TestHttp;
  beforeAll(async () => {
    service = await startTestService({ name: 'things', module: ThingsModule });
    http = service.http();
  });
  afterAll(() => service.clear());

  const post = (body: object | string, type = 'application/json'): Test =>
    http.post('/things').set('content-type', type).send(body);

  it('is told once a field, the most basic fault first', async () => {
    const { body } = await http.get('/things?limit=abc').expect(422);
    expect(body).toMatchObject({ code: 'things.validation', detail: 'limit: phải là số nguyên' });
    expect(body.errors).toEqual([{ field: 'limit', code: 'isInt', message: 'phải là số nguyên' }]);
  });

  it('is told in Vietnamese, or in English to who prefers that, each field too', async () => {
    const wrong = { name: 'Sen\u0007', places: [], pay: 7, more: 1 };
    const { body } = await post(wrong).expect(422).expect('content-language', 'vi');
    expect(body.errors).toEqual([
      { field: 'more', code: 'whitelistValidation', message: 'trường này không được nhận' },
      { field: 'name', code: 'matches', message: 'có ký tự điều khiển' },
      { field: 'places', code: 'arrayMinSize', message: 'quá ít mục' },
      { field: 'pay', code: 'nestedValidation', message: 'phải gồm các trường' },
    ]);
    const english = await post(wrong).set('accept-language', 'en-GB,vi;q=0.5').expect(422);
    expect(english.body.errors.map(({ message }: { message: string }) => message)).toEqual([
      'is not a field that is taken',
      'has control characters',
      'has too few items',
      'must be an object',
    ]);
    expect(english.body.detail).toContain('name: has control characters; places: has too few items');
  });

  const told: [string, () => Test, number, string, RegExp][] = [
    ['a body that is no JSON', () => post('{"name":'), 400, 'platform.body-not-json', /^Nội dung/],
    ['an empty body said to be JSON', () => post(''), 400, 'platform.body-empty', /^Nội dung/],
    [
      'a form',
      () => post('name=Sen', 'application/x-www-form-urlencoded'),
      415,
      'platform.media-type',
      /application\/json/,
    ],
    ['plain text', () => post('Sen', 'text/plain'), 415, 'platform.media-type', /application\/json/],
    ['an id that is none', () => http.get('/things/7'), 400, 'platform.id-invalid', /UUID/],
    ['a NUL in a query', () => http.get('/things?q=%00'), 400, 'platform.control-characters', /^q: /],
    ['too long an id', () => http.get(`/things/${'7'.repeat(300)}`), 414, 'platform.url-invalid', /dài/],
    ['a wrong %-encoding', () => http.get('/things/%E0%A4%A'), 400, 'platform.url-invalid', /%/],
  ];
  it.each(told)('says it of %s', async (_, request, status, code, detail) => {
    const { body } = await request()
      .expect(status)
      .expect('content-type', /^application\/problem\+json/);
    expect(body).toMatchObject({ status, code, detail: expect.stringMatching(detail) });
  });

  it('says which methods an address has, and that it has none', async () => {
    const put = await http.put('/things').expect(405).expect('allow', 'GET, HEAD, POST');
    expect(put.body).toMatchObject({ code: 'platform.method-not-allowed' });
    await http.patch('/things/7').expect(405).expect('allow', 'DELETE, GET, HEAD');
    await http.put('/nothing').expect(404);
    await http.get('/nothing').expect(404);
  });

  it('is nothing when it is right', async () => {
    await post(RIGHT).expect(201, RIGHT);
    await http.get('/things?q=%C4%91%0A').expect(200, { limit: 20, q: 'đ\n' });
    expect((await http.get('/things?q=%ZZ').expect(200)).body.q).toBe('%ZZ');
  });
});
