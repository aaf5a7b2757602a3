import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import vi from './vi';

export type Language = 'vi' | 'en';
const storageKey = 'nv.language';

/** Vietnamese is built in; English is fetched from our own server when it is asked for. */
async function ensureLoaded(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    i18next.addResourceBundle('en', 'translation', (await import('./en')).default);
  }
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'vi';
}

export async function setLanguage(language: Language): Promise<void> {
  await ensureLoaded(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
}

/** Starts i18next in the language chosen last on this device. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    resources: { vi: { translation: vi } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  if (localStorage.getItem(storageKey) === 'en') await setLanguage('en');
}
