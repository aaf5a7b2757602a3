import { values } from './value.js';

/** Lists of the registration of labour demand (Mẫu 01). */
export const openingStatus = values({
  draft: ['Bản nháp', 'Draft'],
  pending: ['Chờ duyệt', 'Waiting for approval'],
  published: ['Đang đăng', 'Published'],
  returned: ['Trả lại để sửa', 'Returned'],
  closed: ['Đã đóng', 'Closed'],
  expired: ['Hết hạn', 'Expired'],
  filled: ['Đã tuyển đủ', 'Filled'],
});

export const positionLevel = values({
  intern: ['Thực tập sinh', 'Intern'],
  worker: ['Công nhân, lao động phổ thông', 'Worker'],
  staff: ['Nhân viên', 'Staff'],
  teamLead: ['Trưởng nhóm, giám sát', 'Team lead'],
  manager: ['Trưởng phòng, quản lý', 'Manager'],
  director: ['Giám đốc', 'Director'],
});

export const contractKind = values({
  indefinite: ['Không xác định thời hạn', 'Indefinite term'],
  under12Months: ['Xác định thời hạn dưới 12 tháng', 'Fixed term under 12 months'],
  '12to36Months': ['Xác định thời hạn từ 12 đến 36 tháng', 'Fixed term of 12 to 36 months'],
  probation: ['Thử việc', 'Probation'],
  seasonal: ['Theo mùa vụ', 'Seasonal'],
});

export const employmentForm = values({
  fullTime: ['Toàn thời gian', 'Full time'],
  partTime: ['Bán thời gian', 'Part time'],
});

export const workSchedule = values({
  office: ['Giờ hành chính', 'Office hours'],
  officeOvertime: ['Giờ hành chính, có tăng ca', 'Office hours with overtime'],
  shift8: ['Ca 8 giờ', '8-hour shifts'],
  shift12: ['Ca 12 giờ', '12-hour shifts'],
  partTime: ['Bán thời gian', 'Part time'],
  flexible: ['Linh hoạt', 'Flexible'],
});

export const workPurpose = values({
  longTerm: ['Làm việc lâu dài', 'Long term'],
  temporary: ['Làm việc tạm thời', 'Temporary'],
  extra: ['Làm thêm', 'Extra job'],
});

export const extraDemand = values({
  shiftWork: ['Làm ca', 'Shift work'],
  travel: ['Đi công tác', 'Business travel'],
  secondment: ['Đi biệt phái', 'Secondment'],
});

export const payKind = values({
  monthly: ['Lương tháng', 'Monthly'],
  daily: ['Lương ngày', 'Daily'],
  hourly: ['Lương giờ', 'Hourly'],
  negotiable: ['Thỏa thuận', 'Negotiable'],
  commission: ['Hoa hồng', 'Commission'],
});

/** Views of a range in months: [0,12) asked for at all, [12,24), [24,60), 60 and more. */
export const experienceBand = values({
  none: ['Không yêu cầu', 'None required'],
  '<1': ['Dưới 1 năm', 'Under 1 year'],
  '1-2': ['Từ 1 đến dưới 2 năm', '1 to under 2 years'],
  '2-5': ['Từ 2 đến dưới 5 năm', '2 to under 5 years'],
  '>5': ['Từ 5 năm trở lên', '5 years and more'],
});

export const workPlace = values({
  indoor: ['Trong nhà', 'Indoors'],
  outdoor: ['Ngoài trời', 'Outdoors'],
  mixed: ['Trong nhà và ngoài trời', 'Indoors and outdoors'],
});

export const lifting = values({
  '<5kg': ['Dưới 5 kg', 'Under 5 kg'],
  '5-20kg': ['5 - 20 kg', '5-20 kg'],
  '>20kg': ['Trên 20 kg', 'Over 20 kg'],
});

export const standing = values({
  little: ['Hầu như không có', 'Hardly any'],
  medium: ['Mức trung bình', 'Some'],
  much: ['Cần đứng, đi lại nhiều', 'Much standing and walking'],
});

export const hearing = values({
  notNeeded: ['Không cần thiết', 'Not needed'],
  basic: ['Nghe nói cơ bản', 'Basic hearing and speech'],
  important: ['Quan trọng', 'Important'],
});

export const vision = values({
  normal: ['Mức bình thường', 'Normal'],
  largeObjects: ['Nhìn được vật, chi tiết to', 'Large objects and details'],
  smallObjects: ['Nhìn được vật, chi tiết nhỏ', 'Small objects and details'],
});

export const handWork = values({
  assembleLarge: ['Lắp ráp đồ vật to', 'Assembling large objects'],
  assembleSmall: ['Lắp ráp đồ vật nhỏ', 'Assembling small objects'],
  assembleTiny: ['Lắp ráp đồ vật rất nhỏ', 'Assembling very small objects'],
});

export const hands = values({
  both: ['Cần 2 tay', 'Both hands'],
  sometimesBoth: ['Đôi khi cần 2 tay', 'Both hands sometimes'],
  one: ['Chỉ cần 1 tay', 'One hand'],
  left: ['Trái', 'Left'],
  right: ['Phải', 'Right'],
});

export const recruitMethod = values({
  direct: ['Nộp hồ sơ trực tiếp', 'Application in person'],
  online: ['Nộp hồ sơ trực tuyến', 'Online application'],
  interview: ['Phỏng vấn', 'Interview'],
  exam: ['Thi tuyển', 'Examination'],
  throughCentre: ['Qua trung tâm dịch vụ việc làm', 'Through the employment centre'],
  jobSession: ['Qua phiên giao dịch việc làm', 'At a job session'],
});

export const proficiency = values({
  good: ['Tốt', 'Good'],
  fair: ['Khá', 'Fair'],
  average: ['Trung bình', 'Average'],
});
