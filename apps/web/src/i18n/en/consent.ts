export default {
  title: 'Consent to matching',
  never: 'Sex, ethnicity and disability are never scored.',
  agree: 'I agree that my profile is compared with jobs',
  agreedOnPaper: 'The person has read this and signed it on paper',
  given: 'You agreed on {{when}}.',
  notGiven: 'You have not agreed; your profile is not compared with jobs.',
  giveButton: 'I agree',
  withdrawButton: 'Withdraw consent',
  withdrawTitle: 'Withdraw consent?',
  withdrawText:
    'Your profile leaves matching at once and you get no more suggestions. The profile itself stays.',
};
