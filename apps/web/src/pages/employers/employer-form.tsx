import { SimpleGrid } from '@mantine/core';
import type { Employer } from '../../api/models';
import { CodeField, TextField } from '../../forms/fields';
import { PlaceFields } from '../../forms/place-fields';
import { forInputs } from '../../forms/values';

/** Mẫu 01, part I, as the form holds it: '' for what is not stated. */
export const emptyEmployer = {
  registrationNo: '',
  legalName: '',
  employerType: '',
  sectorCode: '',
  sizeBand: '',
  provinceCode: '',
  communeCode: '',
  addressLine: '',
  industrialZone: '',
  areaType: '',
  phone: '',
  email: '',
  website: '',
  contactName: '',
  contactTitle: '',
};
export type EmployerValues = typeof emptyEmployer;

export const valuesOfEmployer = (employer: Employer): EmployerValues =>
  Object.fromEntries(
    (Object.keys(emptyEmployer) as (keyof EmployerValues)[]).map((name) => [name, forInputs(employer[name])]),
  ) as EmployerValues;

export function EmployerFields() {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextField path="legalName" required data-autofocus />
      <TextField path="registrationNo" />
      <CodeField path="employerType" list="employerType" required />
      <CodeField path="sectorCode" list="sectorCode" />
      <CodeField path="sizeBand" list="sizeBand" />
      <CodeField path="areaType" list="areaType" />
      <PlaceFields />
      <TextField path="addressLine" />
      <TextField path="industrialZone" />
      <TextField path="phone" type="tel" />
      <TextField path="email" type="email" />
      <TextField path="website" type="url" />
      <TextField path="contactName" />
      <TextField path="contactTitle" />
    </SimpleGrid>
  );
}
