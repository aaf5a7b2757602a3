export default {
  tagsPlaceholder: 'Type, then press Enter',
  occupationPlaceholder: 'Type a trade, for example “welder”',
  typeToSearch: 'Type at least 2 letters to search',
  nothingFound: 'Nothing found',
  choose: 'Choose',
  numberFrom: 'Enter a number of {{min, number}} or more.',
  numberBetween: 'Enter a number from {{min, number}} to {{max, number}}.',
  provinceFirst: 'Choose the province first',
  draftRestored: 'What you had typed was restored; it was kept at {{when}}.',
  draftDiscard: 'Drop it',
  draftSaved: 'What you are typing was kept on this device at {{when}}.',
  draftRefused: 'This device refuses to keep drafts: send the form before closing the page.',
};
