import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PublicOpening } from '../../api/models';
import { Facts } from '../../components/facts';
import { useFormats } from '../../lib/use-formats';

/** Every public field of Mẫu 01. */
export function OpeningSections({ opening, occupation }: { opening: PublicOpening; occupation?: string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { details } = opening;
  const label = (name: string) => t(`opening.field.${name}`);
  const list = (values: string[] | undefined) => values?.join(', ');
  const codes = (name: string, values: string[] | undefined) =>
    list(values?.map((value) => format.value(name, value) ?? value));
  const languages = details.languages?.map(({ code, certificate, proficiency }) =>
    [format.value('language', code), certificate, format.value('proficiency', proficiency)?.toLowerCase()]
      .filter(Boolean)
      .join(' – '),
  );
  const conditions = details.workConditions;

  return (
    <>
      <Facts
        title={t('opening.section.job')}
        facts={[
          { label: label('occupation'), value: occupation },
          { label: label('positionLevel'), value: format.value('positionLevel', opening.positionLevel) },
          {
            label: label('quantity'),
            value: opening.quantity && t('opening.persons', { count: opening.quantity }),
          },
          { label: label('employmentForm'), value: format.value('employmentForm', details.employmentForm) },
          { label: label('contractKind'), value: format.value('contractKind', details.contractKind) },
          { label: label('workSchedule'), value: format.value('workSchedule', details.workSchedule) },
          { label: label('workPurpose'), value: format.value('workPurpose', details.workPurpose) },
          { label: label('extraDemands'), value: codes('extraDemand', details.extraDemands) },
        ]}
      >
        {details.description && <Text className="nv-prose">{details.description}</Text>}
      </Facts>
      <Facts
        title={t('opening.section.requirements')}
        facts={[
          { label: label('minEducation'), value: format.value('educationLevel', details.minEducation) },
          {
            label: label('minTechnicalLevel'),
            value: format.value('technicalLevel', details.minTechnicalLevel),
          },
          { label: label('specialty'), value: details.specialty },
          { label: label('skillGrade'), value: details.skillGrade },
          { label: label('languages'), value: languages?.join('\n') },
          { label: label('itSkills'), value: list(details.itSkills) },
          { label: label('softSkills'), value: list(details.softSkills) },
          { label: label('priorityGroups'), value: codes('priorityGroup', details.priorityGroups) },
        ]}
      />
      <Facts
        title={t('opening.section.conditions')}
        facts={[
          { label: label('payText'), value: opening.pay.text },
          { label: label('meals'), value: details.meals },
          { label: label('benefits'), value: list(details.benefits) },
          { label: label('place'), value: format.value('workPlace', conditions?.place) },
          { label: label('lifting'), value: format.value('lifting', conditions?.lifting) },
          { label: label('standing'), value: format.value('standing', conditions?.standing) },
          { label: label('hearing'), value: format.value('hearing', conditions?.hearing) },
          { label: label('vision'), value: format.value('vision', conditions?.vision) },
          { label: label('handWork'), value: format.value('handWork', conditions?.handWork) },
          { label: label('hands'), value: format.value('hands', conditions?.hands) },
        ]}
      />
    </>
  );
}
