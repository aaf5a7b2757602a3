import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  CodeField,
  CodesField,
  DateField,
  NumberField,
  TagsField,
  TextField,
  YesNoField,
} from '../../forms/fields';
import { useFieldValue } from '../../forms/form-scope';
import { FormSection, Wide } from '../../forms/form-section';
import { ListField } from '../../forms/list-field';
import { PlaceFields } from '../../forms/place-fields';
import { OccupationField } from '../../forms/occupation-field';
import { today } from '../../lib/format-date';
import { emptyLanguage, emptyPastJob } from './profile-values';

type Masked = { citizenId?: string | null; socialInsuranceNo?: string | null };

function PersonSection({ masked }: { masked?: Masked }) {
  const { t } = useTranslation();
  return (
    <FormSection title={t('profile.section.person')}>
      <TextField path="fullName" required autoComplete="name" />
      <DateField path="birthDate" max={today()} />
      <CodeField path="gender" list="gender" />
      <TextField
        path="citizenId"
        hint
        inputMode="numeric"
        autoComplete="off"
        placeholder={masked?.citizenId ?? undefined}
        maxLength={12}
      />
      <TextField path="phone" type="tel" autoComplete="tel" />
      <TextField path="email" type="email" autoComplete="email" />
      <CodeField path="ethnicityCode" list="ethnicity" />
      <CodeField path="areaType" list="areaType" />
      <PlaceFields />
      <TextField path="permanentAddress" autoComplete="street-address" />
      <TextField path="currentAddress" />
      <Wide>
        <CodesField path="priorityGroups" list="priorityGroup" hint />
      </Wide>
    </FormSection>
  );
}

function EducationSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t('profile.section.education')}>
      <CodeField path="educationLevel" list="educationLevel" />
      <CodeField path="technicalLevel" list="technicalLevel" />
      <TextField path="specialty" />
      <span />
      <TagsField path="itSkills" />
      <TagsField path="softSkills" name="skills" />
      <Wide>
        <ListField path="languages" name="language" empty={emptyLanguage} max={10} columns={3}>
          {(path) => (
            <>
              <CodeField path={`${path}.code`} name="languageCode" list="language" required />
              <CodeField path={`${path}.proficiency`} list="proficiency" />
              <TextField path={`${path}.certificate`} />
            </>
          )}
        </ListField>
      </Wide>
    </FormSection>
  );
}

function WorkSection({ masked }: { masked?: Masked }) {
  const { t } = useTranslation();
  const activity = useFieldValue<string>('activityStatus');
  return (
    <FormSection title={t('profile.section.work')}>
      <CodeField path="activityStatus" list="activityStatus" />
      {activity === 'employed' && <CodeField path="employmentStatus" list="employmentStatus" />}
      {activity === 'inactive' && <CodeField path="inactiveReason" list="inactiveReason" />}
      {activity === 'unemployed' && <CodeField path="unemploymentDuration" list="unemploymentDuration" />}
      {activity === 'unemployed' && <YesNoField path="everWorked" />}
      <CodeField path="socialInsuranceKind" list="socialInsuranceKind" />
      <TextField
        path="socialInsuranceNo"
        hint
        inputMode="numeric"
        autoComplete="off"
        placeholder={masked?.socialInsuranceNo ?? undefined}
        maxLength={10}
      />
      <Wide>
        <Text fw={600} mb="xs">
          {t('profile.field.experience')}
        </Text>
        <ListField path="experience" name="pastJob" empty={emptyPastJob} columns={3}>
          {(path) => (
            <>
              <TextField path={`${path}.title`} name="pastTitle" />
              <OccupationField path={`${path}.occupationCode`} />
              <NumberField path={`${path}.months`} />
              <TextField path={`${path}.employerName`} />
              <TextField path={`${path}.tasks`} />
            </>
          )}
        </ListField>
      </Wide>
    </FormSection>
  );
}

/** Every field of Mẫu 01a but the wishes, in sections. */
export function ProfileFields({ masked }: { masked?: Masked }) {
  return (
    <>
      <PersonSection masked={masked} />
      <EducationSection />
      <WorkSection masked={masked} />
    </>
  );
}
