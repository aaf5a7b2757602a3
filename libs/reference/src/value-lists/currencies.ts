/** A currency of ISO 4217 in which wages at home or in labour-export markets are paid. */
export interface Currency {
  code: string;
  vi: string;
  en: string;
  /** Decimal digits of the minor unit. */
  decimals: number;
}

const of = (code: string, decimals: number, vi: string, en: string): Currency => ({ code, vi, en, decimals });

export const currencies: readonly Currency[] = [
  of('VND', 0, 'Đồng Việt Nam', 'Vietnamese dong'),
  of('USD', 2, 'Đô la Mỹ', 'US dollar'),
  of('EUR', 2, 'Euro', 'Euro'),
  of('JPY', 0, 'Yên Nhật', 'Japanese yen'),
  of('KRW', 0, 'Won Hàn Quốc', 'South Korean won'),
  of('TWD', 2, 'Đô la Đài Loan', 'New Taiwan dollar'),
  of('CNY', 2, 'Nhân dân tệ', 'Chinese yuan'),
  of('HKD', 2, 'Đô la Hồng Kông', 'Hong Kong dollar'),
  of('MOP', 2, 'Pataca Ma Cao', 'Macanese pataca'),
  of('SGD', 2, 'Đô la Singapore', 'Singapore dollar'),
  of('MYR', 2, 'Ringgit Malaysia', 'Malaysian ringgit'),
  of('THB', 2, 'Baht Thái', 'Thai baht'),
  of('LAK', 2, 'Kíp Lào', 'Lao kip'),
  of('KHR', 2, 'Riel Campuchia', 'Cambodian riel'),
  of('AUD', 2, 'Đô la Úc', 'Australian dollar'),
  of('NZD', 2, 'Đô la New Zealand', 'New Zealand dollar'),
  of('GBP', 2, 'Bảng Anh', 'Pound sterling'),
  of('CAD', 2, 'Đô la Canada', 'Canadian dollar'),
  of('PLN', 2, 'Zloty Ba Lan', 'Polish zloty'),
  of('CZK', 2, 'Koruna Séc', 'Czech koruna'),
  of('RON', 2, 'Leu Rumani', 'Romanian leu'),
  of('HUF', 2, 'Forint Hungary', 'Hungarian forint'),
  of('RSD', 2, 'Dinar Serbia', 'Serbian dinar'),
  of('RUB', 2, 'Rúp Nga', 'Russian rouble'),
  of('SAR', 2, 'Riyal Ả Rập Xê Út', 'Saudi riyal'),
  of('AED', 2, 'Dirham UAE', 'UAE dirham'),
  of('QAR', 2, 'Riyal Qatar', 'Qatari riyal'),
  of('KWD', 3, 'Dinar Kuwait', 'Kuwaiti dinar'),
  of('OMR', 3, 'Rial Oman', 'Omani rial'),
  of('ILS', 2, 'Shekel Israel', 'Israeli shekel'),
  of('DZD', 2, 'Dinar Algeria', 'Algerian dinar'),
  of('CHF', 2, 'Franc Thụy Sĩ', 'Swiss franc'),
  of('TRY', 2, 'Lira Thổ Nhĩ Kỳ', 'Turkish lira'),
];

const decimalsByCode = new Map(currencies.map((currency) => [currency.code, currency.decimals]));

/** How many minor units make one: 1 for VND, 100 for USD. Unknown codes count as having two decimals, as most do. */
export function minorUnitsPerUnit(code: string): number {
  return 10 ** (decimalsByCode.get(code) ?? 2);
}
