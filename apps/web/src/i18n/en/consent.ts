export default {
  title: 'Consent to matching',
  what: 'If you agree, Nối Việc compares your profile with openings to suggest jobs that fit.',
  data: 'What is used: occupation, skills, level, experience, places and pay you want. Not your name, id or phone.',
  who: 'Who sees it: you, and officers of the employment centre in your area.',
  never: 'Sex, ethnicity and disability are never scored.',
  withdraw: 'You may withdraw at any time; your profile leaves matching at once.',
  agree: 'I agree that my profile is compared with jobs',
  given: 'You agreed on {{when}}.',
  notGiven: 'You have not agreed; your profile is not compared with jobs.',
  giveButton: 'I agree',
  withdrawButton: 'Withdraw consent',
  withdrawTitle: 'Withdraw consent?',
  withdrawText:
    'Your profile leaves matching at once and you get no more suggestions. The profile itself stays.',
};
