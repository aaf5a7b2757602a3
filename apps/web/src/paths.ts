/** The address of every page; the edge answers 404 for any other one, from the list that the build writes of these. */
export const paths = [
  '/',
  '/viec-lam',
  '/viec-lam/:id',
  '/dang-nhap',
  '/dang-ky',
  '/nhan-ho-so',
  '/mat-khau',
  '/ho-so',
  '/viec-phu-hop',
  '/can-bo/tin-tuyen-dung',
  '/can-bo/tin-tuyen-dung/moi',
  '/can-bo/tin-tuyen-dung/:id',
  '/can-bo/tin-tuyen-dung/:id/sua',
  '/can-bo/tin-tuyen-dung/:id/ung-vien',
  '/can-bo/nguoi-tim-viec',
  '/can-bo/nguoi-tim-viec/moi',
  '/can-bo/nguoi-tim-viec/:id',
  '/can-bo/ho-so-trung',
  '/can-bo/doanh-nghiep',
  '/can-bo/doanh-nghiep/:id',
  '/can-bo/nhap-tin',
  '/quan-tri/tai-khoan',
  '/quan-tri/to-chuc',
] as const;

export type Path = (typeof paths)[number];
