/** Codes of Mẫu 01a that no event carries; the contracts have the others, libs/reference the labels. */
export const inactiveReasons = ['study', 'retired', 'housework', 'disability', 'other'] as const;
export const employmentStatuses = ['employer', 'ownAccount', 'familyWorker', 'wageEarner'] as const;
export const unemploymentDurations = ['<3m', '3-12m', '>12m'] as const;
export const socialInsuranceKinds = ['compulsory', 'voluntary', 'none'] as const;
export const trainingLevels = ['under3Months', 'elementary', 'intermediate', 'college'] as const;
/** The 54 peoples, as the General Statistics Office numbers them. */
export const ethnicityCodes = Array.from({ length: 54 }, (_, i) => String(i + 1).padStart(2, '0'));
