/**
 * Stable codes of the value lists that events carry (domain.md section 3: Mẫu 01, Mẫu 01a). Labels live in
 * libs/reference; a test there holds both to the same codes.
 */
export const employerTypes = [
  'stateEnterprise',
  'nonState',
  'fdi',
  'publicBody',
  'householdBusiness',
  'cooperative',
  'individual',
] as const;
/** Employers who are natural persons: their names and contacts never enter an event. */
export const naturalPersonEmployerTypes: readonly string[] = ['householdBusiness', 'individual'];
export const sizeBands = [
  '<10',
  '10-50',
  '51-100',
  '101-200',
  '201-500',
  '501-1000',
  '1001-3000',
  '3001-10000',
  '>10000',
] as const;
export const sectorCodes = [...'ABCDEFGHIJKLMNOPQRSTU'] as [string, ...string[]];
export const areaTypes = ['urban', 'rural'] as const;
export const verificationStatuses = ['pending', 'approved', 'rejected', 'suspended'] as const;

export const openingStatuses = [
  'draft',
  'pending',
  'published',
  'returned',
  'closed',
  'expired',
  'filled',
] as const;
export const positionLevels = ['intern', 'staff', 'teamLead', 'manager', 'director', 'worker'] as const;
export const educationLevels = ['none', 'primary', 'lowerSecondary', 'upperSecondary'] as const;
export const technicalLevels = [
  'untrained',
  'workerNoCertificate',
  'certUnder3Months',
  'elementary',
  'intermediate',
  'college',
  'university',
  'postgraduate',
] as const;
export const contractKinds = [
  'indefinite',
  'under12Months',
  '12to36Months',
  'probation',
  'seasonal',
] as const;
export const employmentForms = ['fullTime', 'partTime'] as const;
export const workSchedules = [
  'office',
  'officeOvertime',
  'shift8',
  'shift12',
  'partTime',
  'flexible',
] as const;
export const workPurposes = ['longTerm', 'temporary', 'extra'] as const;
export const extraDemands = ['shiftWork', 'travel', 'secondment'] as const;
export const payKinds = ['monthly', 'daily', 'hourly', 'negotiable', 'commission'] as const;
export const proficiencies = ['good', 'fair', 'average'] as const;
export const priorityGroups = [
  'poorHousehold',
  'nearPoorHousehold',
  'ethnicMinority',
  'disability',
  'meritFamily',
  'demobilised',
  'youthVolunteer',
  'landRecovered',
  'riverDweller',
  'returnee',
  'exAddict',
  'traffickingVictim',
  'epsPoorDistrict',
  'epsCoastalIslandCommune',
] as const;
export const workPlaces = ['indoor', 'outdoor', 'mixed'] as const;
export const liftings = ['<5kg', '5-20kg', '>20kg'] as const;
export const activityStatuses = ['employed', 'unemployed', 'inactive'] as const;
export const genders = ['male', 'female', 'unstated'] as const;
