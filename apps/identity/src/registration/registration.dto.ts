import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsString, MaxLength } from 'class-validator';
import { Printable } from '#platform';

/** There is no role here: whoever signs up is a jobseeker. */
export class RegisterDto {
  @ApiProperty({ format: 'email' }) @IsEmail() @MaxLength(254) email: string;
  @ApiProperty({ description: 'at least 10 characters' }) @IsString() @MaxLength(1000) password: string;
  @ApiProperty() @IsString() @MaxLength(200) @Printable({ notBlank: true }) fullName: string;
}

export class RegisteredView {
  @ApiProperty({ description: 'as the account is found by it' }) email: string;
  @ApiProperty({ enum: ['jobseeker'] }) role: 'jobseeker';
}
