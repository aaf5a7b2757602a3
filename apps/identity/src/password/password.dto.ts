import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { Printable } from '#platform';

export class SetPasswordDto {
  @ApiProperty({ format: 'email' }) @IsString() @MinLength(1) @MaxLength(254) @Printable() email: string;
  @ApiProperty({ example: 'K7QM-3XPA-9RTC' }) @IsString() @MinLength(1) @MaxLength(40) code: string;
  @ApiProperty({ description: 'at least 12 characters, 10 for jobseekers' })
  @IsString()
  @MaxLength(1000)
  password: string;
}

export class ChangePasswordDto {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(1000) currentPassword: string;
  @ApiProperty({ description: 'at least 12 characters, 10 for jobseekers' })
  @IsString()
  @MaxLength(1000)
  newPassword: string;
}

export class EraseAccountDto {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(1000) currentPassword: string;
}
