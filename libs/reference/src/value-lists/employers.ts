import { values } from './value.js';

/** Lists of the employer's registration and of Mẫu 01 (domain: employers, job openings, job sessions). */
export const employerType = values({
  stateEnterprise: ['Doanh nghiệp nhà nước', 'State enterprise'],
  nonState: ['Doanh nghiệp ngoài nhà nước', 'Non-state enterprise'],
  fdi: ['Doanh nghiệp có vốn đầu tư nước ngoài', 'Foreign-invested enterprise'],
  publicBody: ['Cơ quan, đơn vị sự nghiệp công', 'Public body'],
  householdBusiness: ['Hộ kinh doanh', 'Household business'],
  cooperative: ['Hợp tác xã', 'Cooperative'],
  individual: ['Cá nhân', 'Individual'],
});

/** Employees. */
export const sizeBand = values({
  '<10': ['Dưới 10 người', 'Fewer than 10'],
  '10-50': ['10 - 50 người', '10-50'],
  '51-100': ['51 - 100 người', '51-100'],
  '101-200': ['101 - 200 người', '101-200'],
  '201-500': ['201 - 500 người', '201-500'],
  '501-1000': ['501 - 1.000 người', '501-1,000'],
  '1001-3000': ['1.001 - 3.000 người', '1,001-3,000'],
  '3001-10000': ['3.001 - 10.000 người', '3,001-10,000'],
  '>10000': ['Trên 10.000 người', 'More than 10,000'],
});

/** Sections of VSIC (Decision 27/2018/QĐ-TTg), the Vietnamese ISIC Rev. 4. */
export const sectorCode = values({
  A: ['Nông nghiệp, lâm nghiệp và thủy sản', 'Agriculture, forestry and fishing'],
  B: ['Khai khoáng', 'Mining and quarrying'],
  C: ['Công nghiệp chế biến, chế tạo', 'Manufacturing'],
  D: [
    'Sản xuất và phân phối điện, khí đốt, nước nóng, hơi nước và điều hòa không khí',
    'Electricity, gas, steam and air conditioning supply',
  ],
  E: [
    'Cung cấp nước; hoạt động quản lý và xử lý rác thải, nước thải',
    'Water supply; sewerage, waste management and remediation',
  ],
  F: ['Xây dựng', 'Construction'],
  G: [
    'Bán buôn và bán lẻ; sửa chữa ô tô, mô tô, xe máy và xe có động cơ khác',
    'Wholesale and retail trade; repair of motor vehicles and motorcycles',
  ],
  H: ['Vận tải kho bãi', 'Transportation and storage'],
  I: ['Dịch vụ lưu trú và ăn uống', 'Accommodation and food service'],
  J: ['Thông tin và truyền thông', 'Information and communication'],
  K: ['Hoạt động tài chính, ngân hàng và bảo hiểm', 'Finance, banking and insurance'],
  L: ['Hoạt động kinh doanh bất động sản', 'Real estate'],
  M: ['Hoạt động chuyên môn, khoa học và công nghệ', 'Professional, scientific and technical activities'],
  N: ['Hoạt động hành chính và dịch vụ hỗ trợ', 'Administrative and support services'],
  O: [
    'Hoạt động của Đảng Cộng sản, tổ chức chính trị - xã hội, quản lý nhà nước, an ninh quốc phòng; bảo đảm xã hội bắt buộc',
    'Party, socio-political organisations, public administration and defence; compulsory social security',
  ],
  P: ['Giáo dục và đào tạo', 'Education and training'],
  Q: ['Y tế và hoạt động trợ giúp xã hội', 'Human health and social work'],
  R: ['Nghệ thuật, vui chơi và giải trí', 'Arts, entertainment and recreation'],
  S: ['Hoạt động dịch vụ khác', 'Other services'],
  T: [
    'Hoạt động làm thuê các công việc trong các hộ gia đình, sản xuất sản phẩm vật chất và dịch vụ tự tiêu dùng của hộ gia đình',
    'Activities of households as employers; own-use production of households',
  ],
  U: ['Hoạt động của các tổ chức và cơ quan quốc tế', 'International organisations and bodies'],
});

export const areaType = values({ urban: ['Thành thị', 'Urban'], rural: ['Nông thôn', 'Rural'] });

export const verificationStatus = values({
  pending: ['Chờ duyệt', 'Pending'],
  approved: ['Đã duyệt', 'Approved'],
  rejected: ['Từ chối', 'Rejected'],
  suspended: ['Tạm đình chỉ', 'Suspended'],
});

export const jobSessionKind = values({
  periodic: ['Định kỳ', 'Periodic'],
  adHoc: ['Đột xuất', 'Ad hoc'],
  online: ['Trực tuyến', 'Online'],
});
