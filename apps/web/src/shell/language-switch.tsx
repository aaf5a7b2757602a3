import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../i18n';
import classes from './language-switch.module.css';

/** One button that names the other language in that language. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'vi' : 'en';
  const name = other === 'en' ? 'English' : 'Tiếng Việt';
  return (
    <UnstyledButton
      className={classes.button}
      lang={other}
      title={name}
      onClick={() => void setLanguage(other)}
    >
      {other.toUpperCase()}
      <span className="nv-visually-hidden"> – {name}</span>
    </UnstyledButton>
  );
}
