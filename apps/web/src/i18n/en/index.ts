import account from './account';
import common from './common';
import errors from './errors';
import form from './form';
import match from './match';
import matches from './matches';
import opening from './opening';
import search from './search';
import values from './values';

export default { ...common, account, errors, form, match, matches, opening, search, values };
