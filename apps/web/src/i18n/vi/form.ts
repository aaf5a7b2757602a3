export default {
  tagsPlaceholder: 'Gõ rồi nhấn Enter',
  occupationPlaceholder: 'Gõ tên nghề, ví dụ “thợ hàn”',
  typeToSearch: 'Gõ ít nhất 2 chữ để tìm',
  nothingFound: 'Không tìm thấy',
  choose: 'Chọn',
  numberFrom: 'Nhập số từ {{min, number}} trở lên.',
  numberBetween: 'Nhập số từ {{min, number}} đến {{max, number}}.',
  provinceFirst: 'Chọn tỉnh, thành phố trước',
  draftRestored: 'Đã khôi phục phần đang nhập dở, lưu lúc {{when}}.',
  draftDiscard: 'Bỏ phần nhập dở',
  draftSaved: 'Phần đang nhập đã được giữ trên máy này lúc {{when}}.',
  draftRefused: 'Máy này không cho lưu tạm: hãy gửi trước khi đóng trang.',
};
