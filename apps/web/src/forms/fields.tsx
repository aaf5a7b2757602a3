import {
  Checkbox,
  MultiSelect,
  NumberInput,
  type NumberInputProps,
  Select,
  SimpleGrid,
  TagsInput,
  Textarea,
  TextInput,
  type TextInputProps,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type FieldProps, useField, useFormScope, useSelectField } from './form-scope';
import { codesOf, type ValueList } from './value-lists';

export function TextField({ path, name, hint, required, ...input }: FieldProps & TextInputProps) {
  const { key, props } = useField({ path, name, hint, required });
  return <TextInput key={key} {...props} {...input} />;
}

/** A local date of Vietnam, YYYY-MM-DD. */
export function DateField(field: FieldProps & { min?: string; max?: string }) {
  const { min, max, ...rest } = field;
  const { key, props } = useField(rest);
  return <TextInput key={key} type="date" {...props} min={min} max={max} />;
}

export function AreaField({ rows = 4, ...field }: FieldProps & { rows?: number }) {
  const { key, props } = useField(field);
  return <Textarea key={key} autosize minRows={rows} maxRows={24} {...props} />;
}

/** Keeps what is typed, whatever it is: when it is left the form's rule says whether it is in order. */
export function NumberField({ path, name, hint, required, ...input }: FieldProps & NumberInputProps) {
  const { form } = useFormScope();
  const { key, props } = useField({ path, name, hint, required });
  return (
    <NumberInput
      key={key}
      clampBehavior="none"
      thousandSeparator="."
      decimalSeparator=","
      hideControls
      inputMode="numeric"
      {...props}
      onBlur={(event) => {
        props.onBlur?.(event);
        if (event.currentTarget.value !== '') void form.validateField(path);
      }}
      {...input}
    />
  );
}

function useOptions(list: ValueList) {
  const { t } = useTranslation();
  return codesOf(list).map((value) => ({ value, label: t(`values.${list}.${value}`) }));
}

/** One code of a value list; empty is "not stated". */
export function CodeField({ list, ...field }: FieldProps & { list: ValueList }) {
  const { t } = useTranslation();
  const { key, props } = useSelectField(field);
  const options = useOptions(list);
  return (
    <Select
      key={key}
      data={options}
      placeholder={t('notStated')}
      clearable={!field.required}
      allowDeselect={false}
      searchable={options.length > 9}
      {...props}
    />
  );
}

/** Any codes of a value list. */
export function CodesField({
  list,
  columns = 2,
  ...field
}: FieldProps & { list: ValueList; columns?: number }) {
  const { key, props } = useField(field);
  const options = useOptions(list);
  return (
    <Checkbox.Group key={key} {...props}>
      <SimpleGrid cols={{ base: 1, sm: columns }} mt={6} spacing="xs" verticalSpacing={6}>
        {options.map(({ value, label }) => (
          <Checkbox key={value} value={value} label={label} size="md" />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}

/** Any codes of a long value list. */
export function CodesSelectField({ list, ...field }: FieldProps & { list: ValueList }) {
  const { key, props } = useField(field);
  return <MultiSelect key={key} data={useOptions(list)} searchable clearable hidePickedOptions {...props} />;
}

/** Free words, each a tag; suggestions need not be taken. */
export function TagsField({ suggestions, ...field }: FieldProps & { suggestions?: string[] }) {
  const { t } = useTranslation();
  const { key, props } = useField(field);
  return (
    <TagsInput
      key={key}
      data={suggestions}
      splitChars={[',', ';']}
      acceptValueOnBlur
      placeholder={t('form.tagsPlaceholder')}
      clearButtonProps={{ 'aria-label': t('remove') }}
      {...props}
    />
  );
}

/** Yes, no, or not stated: a form's silence is not a "no". The value is 'yes', 'no' or empty. */
export function YesNoField(field: FieldProps) {
  const { t } = useTranslation();
  const { key, props } = useSelectField(field);
  const data = [
    { value: 'yes', label: t('yes') },
    { value: 'no', label: t('no') },
  ];
  return (
    <Select key={key} data={data} placeholder={t('notStated')} clearable allowDeselect={false} {...props} />
  );
}
