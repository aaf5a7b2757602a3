export default {
  field: {
    registrationNo: 'Mã số doanh nghiệp',
    legalName: 'Tên doanh nghiệp',
    employerType: 'Loại hình',
    sectorCode: 'Ngành kinh tế',
    sizeBand: 'Quy mô lao động',
    provinceCode: 'Tỉnh, thành phố',
    communeCode: 'Xã, phường',
    addressLine: 'Địa chỉ',
    industrialZone: 'Khu công nghiệp',
    areaType: 'Khu vực',
    phone: 'Điện thoại',
    email: 'Email',
    website: 'Trang web',
    contactName: 'Người liên hệ',
    contactTitle: 'Chức vụ',
  },
};
