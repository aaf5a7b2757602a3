import { labels } from '../value-labels';

/** Labels by code: those of the forms come from the reference lists, the rest is the application's own. */
export default {
  ...labels('vi'),
  role: {
    jobseeker: 'Người tìm việc',
    centreOfficer: 'Cán bộ trung tâm',
    employer: 'Nhà tuyển dụng',
    school: 'Cơ sở giáo dục nghề nghiệp',
    agency: 'Doanh nghiệp dịch vụ',
    departmentOfficer: 'Cán bộ Sở',
    administrator: 'Quản trị viên',
  },
  organisationKind: {
    centre: 'Trung tâm dịch vụ việc làm',
    department: 'Sở',
    employer: 'Doanh nghiệp',
    school: 'Cơ sở giáo dục nghề nghiệp',
    agency: 'Doanh nghiệp dịch vụ đưa lao động đi nước ngoài',
  },
  accountStatus: { active: 'Đang hoạt động', locked: 'Bị khóa' },
  organisationStatus: { active: 'Đang hoạt động', suspended: 'Tạm dừng' },
  importStatus: {
    queued: 'Đang chờ',
    running: 'Đang chạy',
    done: 'Hoàn tất',
    failed: 'Thất bại',
    cancelled: 'Đã dừng',
  },
};
