import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FURTHEST_DEADLINE_YEARS } from '../../../../../libs/reference/src/limits';
import {
  AreaField,
  CodeField,
  CodesField,
  DateField,
  NumberField,
  TagsField,
  TextField,
} from '../../forms/fields';
import { useField, useFieldValue } from '../../forms/form-scope';
import { FormSection, Wide } from '../../forms/form-section';
import { ListField } from '../../forms/list-field';
import { OccupationField } from '../../forms/occupation-field';
import { PlaceFields } from '../../forms/place-fields';
import { today, yearsAhead } from '../../lib/format-date';
import { EmployerField } from '../employers/employer-field';
import { experienceBands, emptyWorkplace } from './opening-values';

export function JobSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('officer.section.job')}>
      <Wide>
        <EmployerField path="employerId" />
      </Wide>
      <Wide>
        <TextField path="title" required maxLength={300} hint />
      </Wide>
      <NumberField path="quantity" required />
      <DateField path="deadline" min={today()} max={yearsAhead(FURTHEST_DEADLINE_YEARS)} />
      <OccupationField path="occupationCode" hint />
      <CodeField path="positionLevel" list="positionLevel" />
      <Wide>
        <AreaField path="details.description" rows={5} hint />
      </Wide>
    </FormSection>
  );
}

export function PlaceSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('officer.section.places')} columns={1}>
      <ListField path="workplaces" name="workplace" empty={emptyWorkplace} max={50} min={1} columns={3}>
        {(path) => (
          <>
            <PlaceFields path={path} required />
            <TextField path={`${path}.text`} name="placeText" maxLength={300} />
          </>
        )}
      </ListField>
      <NumberField path="otherPlacesCount" maw={320} />
    </FormSection>
  );
}

function PayFields() {
  const kind = useFieldValue<string>('pay.kind');
  const currency = useFieldValue<string>('pay.currency');
  const { key, props } = useField({ path: 'pay.currency' });
  const amounts = kind !== 'negotiable';
  const suffix = currency === 'VND' ? ' đ' : ` ${currency}`;
  return (
    <>
      <CodeField path="pay.kind" name="payKind" list="payKind" required />
      {amounts && (
        <Select key={key} data={['VND', 'USD', 'JPY', 'KRW', 'EUR']} allowDeselect={false} {...props} />
      )}
      {amounts && <NumberField path="pay.min" name="payMin" suffix={suffix} />}
      {amounts && <NumberField path="pay.max" name="payMax" suffix={suffix} />}
      <Wide>
        <TextField path="pay.text" name="payText" maxLength={200} hint />
      </Wide>
    </>
  );
}

export function PaySection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('officer.section.pay')}>
      <PayFields />
      <TextField path="details.meals" maxLength={200} />
      <TagsField path="details.benefits" />
    </FormSection>
  );
}

function ExperienceFields() {
  const { t } = useTranslation();
  const { key, props } = useField({ path: 'experience.band' });
  const band = useFieldValue<string>('experience.band');
  const data = [
    ...Object.keys(experienceBands).map((value) => ({ value, label: t(`values.experienceBand.${value}`) })),
    { value: 'other', label: t('officer.otherRange') },
  ];
  return (
    <>
      <Select
        key={key}
        data={data}
        clearable
        allowDeselect={false}
        placeholder={t('notStated')}
        {...props}
        defaultValue={(props.defaultValue as string) || null}
      />
      {band === 'other' && <NumberField path="experience.minMonths" />}
      {band === 'other' && <NumberField path="experience.maxMonths" />}
    </>
  );
}

export function RequirementSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('officer.section.requirements')}>
      <CodeField path="details.minEducation" list="educationLevel" />
      <CodeField path="details.minTechnicalLevel" list="technicalLevel" />
      <TextField path="details.specialty" maxLength={300} />
      <TextField path="details.skillGrade" maxLength={100} />
      <ExperienceFields />
      <TagsField path="details.itSkills" />
      <TagsField path="details.softSkills" />
      <Wide>
        <ListField
          path="details.languages"
          name="language"
          empty={() => ({ code: '', certificate: '', proficiency: '' })}
          max={10}
          columns={3}
        >
          {(path) => (
            <>
              <CodeField path={`${path}.code`} name="languageCode" list="language" required />
              <CodeField path={`${path}.proficiency`} list="proficiency" />
              <TextField path={`${path}.certificate`} maxLength={100} />
            </>
          )}
        </ListField>
      </Wide>
    </FormSection>
  );
}

export function ContractSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('officer.section.contract')}>
      <CodeField path="details.contractKind" list="contractKind" />
      <CodeField path="details.employmentForm" list="employmentForm" />
      <CodeField path="details.workSchedule" list="workSchedule" />
      <CodeField path="details.workPurpose" list="workPurpose" />
      <Wide>
        <CodesField path="details.extraDemands" list="extraDemand" columns={3} />
      </Wide>
      <Wide>
        <Text fw={600}>{t('officer.section.conditions')}</Text>
      </Wide>
      <CodeField path="details.workConditions.place" list="workPlace" />
      <CodeField path="details.workConditions.lifting" list="lifting" />
      <CodeField path="details.workConditions.standing" list="standing" />
      <CodeField path="details.workConditions.hearing" list="hearing" />
      <CodeField path="details.workConditions.vision" list="vision" />
      <CodeField path="details.workConditions.handWork" list="handWork" />
      <CodeField path="details.workConditions.hands" list="hands" />
    </FormSection>
  );
}

export function RecruitSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('officer.section.recruit')} lead={t('officer.section.recruitLead')}>
      <TextField path="details.contact.name" name="contactName" maxLength={150} />
      <TextField path="details.contact.phone" name="contactPhone" type="tel" />
      <TextField path="details.contact.email" name="contactEmail" type="email" />
      <TextField path="details.contact.address" name="contactAddress" maxLength={300} />
      <Wide>
        <CodesField path="details.recruitMethods" list="recruitMethod" />
      </Wide>
      <Wide>
        <CodesField path="details.priorityGroups" list="priorityGroup" hint />
      </Wide>
    </FormSection>
  );
}
