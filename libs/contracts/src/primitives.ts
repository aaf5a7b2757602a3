import { z } from 'zod';

export const uuid = z.uuid();
export const instant = z.iso.datetime({ offset: true }).describe('UTC instant, ISO 8601');
export const localDate = z.iso.date().describe('local date of Asia/Ho_Chi_Minh');
export const version = z.int().min(1).describe('rises by one with each change of the aggregate');
export const provinceCode = z
  .string()
  .regex(/^\d{2}$/)
  .describe('province of the 34 in force since 2025-07-01');
export const communeCode = z
  .string()
  .regex(/^\d{5}$/)
  .describe('commune in force since 2025-07-01');
export const occupationCode = z
  .string()
  .regex(/^\d{1,4}$/)
  .describe('ISCO-08 code, usually a unit group of 4 digits');
export const months = z.int().min(0).max(720);
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217');
/** Integer minor units of the currency (VND has no decimals, USD has two); null is unknown, never 0. */
export const minorUnits = z.int().min(0).nullable();
