export default {
  field: {
    registrationNo: 'Registration number',
    legalName: 'Legal name',
    employerType: 'Type',
    sectorCode: 'Sector',
    sizeBand: 'Employees',
    provinceCode: 'Province or city',
    communeCode: 'Commune or ward',
    addressLine: 'Address',
    industrialZone: 'Industrial zone',
    areaType: 'Area',
    phone: 'Phone',
    email: 'E-mail',
    website: 'Website',
    contactName: 'Contact person',
    contactTitle: 'Position',
  },
};
