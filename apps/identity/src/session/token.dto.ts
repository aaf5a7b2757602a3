import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { Printable } from '#platform';

export class SignInDto {
  // No IsEmail and no length rules of passwords: what cannot be right is wrong like anything else.
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(254) @Printable() email: string;
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(1000) password: string;
}

export class AccessTokenView {
  @ApiProperty({ description: 'EdDSA JWT for `Authorization: Bearer`' }) accessToken: string;
  @ApiProperty({ description: 'seconds' }) expiresIn: number;
}
