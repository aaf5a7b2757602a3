export default {
  title: 'Something went wrong',
  code: 'Error code: {{code}}',
  reference: 'Reference: {{id}}',
  retryAfter: 'Try again in {{count}} seconds.',
  fixFields: 'Some fields need correcting before saving:',
  byCode: {
    web: {
      offline: 'This device is offline. Check the network, then try again.',
      unreachable: 'The server cannot be reached. Try again in a few minutes.',
      'session-ended': 'Your session has ended. Please sign in again.',
    },
  },
  byStatus: {
    '401': 'Please sign in.',
    '403': 'Your account is not allowed to do this.',
    '404': 'This could not be found.',
    '409': 'This changed while you were working.',
    '412': 'Somebody else edited this while you were working.',
    '413': 'The file is too large.',
    '422': 'Some of the information is not valid.',
    '429': 'Too many requests. Please wait a moment.',
    other: 'The server has a problem. Try again in a few minutes.',
  },
  notFound: {
    title: 'There is no such page',
    text: 'The address may be mistyped, or the page is gone.',
  },
  forbidden: {
    title: 'You may not see this page',
    text: 'It is meant for another role. If you need it, ask your administrator.',
  },
  crash: {
    title: 'This page failed',
    text: 'Please reload. What you were typing is kept on this device.',
  },
  conflict: {
    title: 'Somebody just edited this',
    text: 'Your copy is no longer the newest. Keep your changes, or take the new version?',
    keepMine: 'Overwrite with mine',
    takeTheirs: 'Drop mine, take theirs',
    stay: 'Let me look first',
  },
};
