import account from './account';
import common from './common';
import errors from './errors';
import search from './search';
import values from './values';

export default { ...common, account, errors, search, values };
