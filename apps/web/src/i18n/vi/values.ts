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
  },
  searchExperience: {
    none: 'Không yêu cầu',
    lt1: 'Dưới 1 năm',
    '1to2': 'Từ 1 đến dưới 2 năm',
    '2to5': 'Từ 2 đến dưới 5 năm',
    gt5: 'Từ 5 năm trở lên',
  },
};
