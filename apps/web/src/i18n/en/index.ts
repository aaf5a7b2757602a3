import account from './account';
import admin from './admin';
import common from './common';
import consent from './consent';
import employer from './employer';
import errors from './errors';
import form from './form';
import imports from './imports';
import match from './match';
import matches from './matches';
import officer from './officer';
import opening from './opening';
import people from './people';
import profile from './profile';
import search from './search';
import values from './values';

export default {
  ...common,
  account,
  admin,
  consent,
  employer,
  errors,
  form,
  imports,
  match,
  matches,
  officer,
  opening,
  people,
  profile,
  search,
  values,
};
