export default {
  title: 'Nhập tin tuyển dụng',
  lead: 'Tải lên tệp CSV. Dòng sai được liệt kê kèm lý do, các dòng khác vẫn được nhập.',
  upload: 'Tải tệp lên',
  file: 'Tệp CSV (UTF-8)',
  fileHint: 'Các cột: {{columns}}',
  choose: 'Chọn tệp',
  source: 'Nguồn',
  sourceHint: 'Tên ngắn của hệ thống gửi tệp: chữ thường, số, gạch nối; ví dụ “vieclam-thanhhoa”.',
  asOf: 'Số liệu tính đến ngày',
  asOfHint: '“3 ngày trước” được tính từ ngày này.',
  start: 'Bắt đầu nhập',
  again:
    'Nhập lại cùng một tệp không tạo tin trùng: tin không đổi được giữ nguyên. Tin do cán bộ nhập nằm ở mục “Chờ duyệt” cho đến khi được duyệt.',
  report: 'Kết quả nhập',
  progress: 'Tiến độ nhập',
  running: 'Đã đọc {{read}} / {{total}} dòng',
  summary:
    'Xong: {{created}} tin mới, {{updated}} tin được cập nhật, {{unchanged}} tin không đổi, {{rejected}} dòng bị loại.',
  rejected: 'Các dòng bị loại',
  noRejections: 'Không có dòng nào bị loại',
  line: 'Dòng {{line}}',
  column: { line: 'Dòng', field: 'Cột', reason: 'Lý do', value: 'Giá trị' },
};
