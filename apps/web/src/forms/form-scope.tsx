import type { UseFormReturnType } from '@mantine/form';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

// Fields address values by path, as Mantine's forms do; what a form holds is known where it is made.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyForm = UseFormReturnType<any>;

type FormScopeValue = {
  form: AnyForm;
  texts: string;
  /** of the fields that are shown, by path */
  labels: Map<string, string>;
};
const Scope = createContext<FormScopeValue | undefined>(undefined);

/** Everything inside belongs to this form; labels are `<texts>.<field>`. */
export function FormScope({ form, texts, children }: { form: AnyForm; texts: string; children: ReactNode }) {
  const [labels] = useState(() => new Map<string, string>());
  return <Scope.Provider value={{ form, texts, labels }}>{children}</Scope.Provider>;
}

export function useFormScope() {
  const scope = useContext(Scope);
  if (!scope) throw new Error('a field stands outside of a FormScope');
  return scope;
}

/** Labels of the fields that are shown, by path; none in a form that names its fields itself. */
export function useFieldLabels(): ReadonlyMap<string, string> {
  return useContext(Scope)?.labels ?? NO_LABELS;
}
const NO_LABELS: ReadonlyMap<string, string> = new Map();

export type FieldProps = {
  /** where the value is in the form, e.g. `details.contact.phone` */
  path: string;
  /** the text of the label when it is not the last part of the path */
  name?: string;
  /** says that `<texts>.<name>Hint` explains the field */
  hint?: boolean;
  required?: boolean;
};

/** Label, explanation, value and error of a field. `key` must be given apart from the rest. */
export function useField({ path, name, hint, required }: FieldProps) {
  const { form, texts, labels } = useFormScope();
  const { t } = useTranslation();
  const text = name ?? path.split('.').findLast((part) => !/^\d+$/.test(part))!;
  const label = t(`${texts}.${text}`);
  useEffect(() => void labels.set(path, label), [labels, path, label]);
  return {
    key: form.key(path),
    label,
    props: {
      label,
      description: hint ? t(`${texts}.${text}Hint`) : undefined,
      withAsterisk: required,
      'aria-required': required || undefined,
      ...form.getInputProps(path),
    },
  };
}

/** Like {@link useField}, for selects: they know "nothing chosen" as null. */
export function useSelectField(field: FieldProps) {
  const { key, props, ...rest } = useField(field);
  return { key, props: { ...props, defaultValue: (props.defaultValue || null) as string | null }, ...rest };
}

/**
 * A select whose search box is ours, too: Mantine then shows the chosen label only where it is told the value,
 * so this follows the form's value instead of starting from it.
 */
export function useSearchedSelect(field: FieldProps) {
  const { key, props, ...rest } = useField(field);
  const { defaultValue: _start, ...others } = props;
  const chosen = useFieldValue<string | null>(field.path) || null;
  return { key, chosen, props: { ...others, value: chosen }, ...rest };
}

/** The present value at a path, for fields that depend on another. */
export function useFieldValue<T>(path: string): T {
  const { form } = useFormScope();
  const read = () =>
    path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], form.getValues());
  const [, changed] = useState(0);
  form.watch(path, () => changed((count) => count + 1));
  return read() as T;
}
