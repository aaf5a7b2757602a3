import { conflict, invalidField, notFound, type Problem } from '#platform';

export function accountNotFound(): Problem {
  return notFound('identity.account-not-found', 'Không tìm thấy tài khoản', 'There is no such account');
}

export function emailTaken(): Problem {
  return conflict(
    'identity.email-taken',
    { vi: 'Địa chỉ thư điện tử đã có tài khoản', en: 'There is an account with this e-mail' },
    {
      vi: 'Hãy tìm tài khoản đó trong danh sách; mỗi địa chỉ chỉ có một tài khoản.',
      en: 'Look for it in the list; an address has one account only.',
    },
  );
}

/** Somebody must be left who can let people in again. */
export function lastAdministrator(): Problem {
  return conflict(
    'identity.last-administrator',
    { vi: 'Đây là người quản trị cuối cùng', en: 'This is the last administrator' },
    {
      vi: 'Hãy lập một người quản trị khác trước.',
      en: 'Make another administrator first.',
    },
  );
}

export function ownAccount(): Problem {
  return conflict('identity.own-account', {
    vi: 'Không tự khóa hoặc đổi vai trò của chính mình được',
    en: 'You cannot lock yourself or change your own role',
  });
}

export function organisationRequired(kind: string): Problem {
  return invalidField('organisationId', 'identity.organisation-required', {
    vi: `Vai trò này thuộc về một đơn vị loại ${kind}; hãy chọn đơn vị.`,
    en: `This role belongs to an organisation of the kind ${kind}: choose one.`,
  });
}

export function organisationRefused(kind: string | null): Problem {
  return invalidField(
    'organisationId',
    'identity.organisation-does-not-fit',
    kind
      ? {
          vi: `Vai trò này cần một đơn vị đang hoạt động loại ${kind}.`,
          en: `This role needs an active organisation of the kind ${kind}.`,
        }
      : { vi: 'Vai trò này không thuộc đơn vị nào.', en: 'This role belongs to no organisation.' },
  );
}

export function areasRefused(): Problem {
  return invalidField('narrowedAreas', 'identity.areas-do-not-fit', {
    vi: 'Chỉ cán bộ mới có địa bàn, và địa bàn phải nằm trong địa bàn của đơn vị.',
    en: 'Only officers have areas, and theirs lie within those of the organisation.',
  });
}
