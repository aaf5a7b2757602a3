import { labels } from '../value-labels';

/** Labels by code: those of the forms come from the reference lists, the rest is the application's own. */
export default {
  ...labels('en'),
  role: {
    jobseeker: 'Jobseeker',
    centreOfficer: 'Centre officer',
    employer: 'Employer',
    school: 'Vocational school',
    agency: 'Labour-export agency',
    departmentOfficer: 'Department officer',
    administrator: 'Administrator',
  },
  organisationKind: {
    centre: 'Employment service centre',
    department: 'Department',
    employer: 'Enterprise',
    school: 'Vocational school',
    agency: 'Labour-export agency',
  },
  accountStatus: { active: 'Active', locked: 'Locked' },
  organisationStatus: { active: 'Active', suspended: 'Suspended' },
  importStatus: {
    queued: 'Waiting',
    running: 'Running',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Stopped',
  },
};
