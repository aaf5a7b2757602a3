import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  AreaField,
  CodeField,
  CodesSelectField,
  NumberField,
  TextField,
  YesNoField,
} from '../../forms/fields';
import { useFieldValue } from '../../forms/form-scope';
import { FormSection, Wide } from '../../forms/form-section';
import { ListField } from '../../forms/list-field';
import { OccupationsField } from '../../forms/occupation-field';
import { PlaceFields } from '../../forms/place-fields';
import { emptyPlace } from './profile-values';

function TrainingFields() {
  const wants = useFieldValue<string>('wantsTraining');
  return (
    <>
      <YesNoField path="wantsTraining" />
      {wants === 'yes' && <TextField path="trainingTrade" />}
      {wants === 'yes' && <CodeField path="trainingLevel" list="trainingLevel" />}
    </>
  );
}

/** What work a person wants (second half of Mẫu 01a). */
export function WishFields() {
  const { t } = useTranslation();
  return (
    <>
      <FormSection title={t('profile.section.wish')} lead={t('profile.section.wishLead')}>
        <TextField path="desiredTitle" hint />
        <OccupationsField path="desiredOccupationCodes" />
        <NumberField path="desiredPayMin" suffix=" đ" hint />
        <CodeField path="employmentForm" list="employmentForm" />
        <CodeField path="contractKind" list="contractKind" />
        <CodesSelectField path="desiredMarkets" list="country" hint />
        <Wide>
          <Text fw={600} mb="xs">
            {t('profile.field.desiredPlaces')}
          </Text>
          <ListField path="desiredPlaces" name="desiredPlace" empty={emptyPlace} max={10} columns={3}>
            {(path) => (
              <>
                <PlaceFields path={path} />
                <NumberField path={`${path}.radiusKm`} suffix=" km" />
              </>
            )}
          </ListField>
        </Wide>
        <Wide>
          <AreaField path="workConditionLimits" rows={2} hint />
        </Wide>
        <Wide>
          <CodesSelectField path="desiredSectorCodes" list="sectorCode" />
        </Wide>
      </FormSection>
      <FormSection title={t('profile.section.training')}>
        <TrainingFields />
      </FormSection>
    </>
  );
}
