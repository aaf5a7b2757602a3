import account from './account';
import common from './common';
import consent from './consent';
import errors from './errors';
import form from './form';
import match from './match';
import matches from './matches';
import opening from './opening';
import profile from './profile';
import search from './search';
import values from './values';

export default {
  ...common,
  account,
  consent,
  errors,
  form,
  match,
  matches,
  opening,
  profile,
  search,
  values,
};
