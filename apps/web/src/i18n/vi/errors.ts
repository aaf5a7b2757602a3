export default {
  title: 'Có lỗi xảy ra',
  code: 'Mã lỗi: {{code}}',
  reference: 'Mã tra cứu: {{id}}',
  retryAfter: 'Hãy thử lại sau {{count}} giây.',
  fixFields: 'Có ô cần sửa trước khi lưu:',
  byCode: {
    web: {
      offline: 'Thiết bị đang ngoại tuyến. Hãy kiểm tra mạng rồi thử lại.',
      unreachable: 'Chưa kết nối được máy chủ. Hãy thử lại sau ít phút.',
      'session-ended': 'Phiên đăng nhập đã hết. Hãy đăng nhập lại.',
    },
  },
  byStatus: {
    '401': 'Bạn cần đăng nhập.',
    '403': 'Tài khoản của bạn không được phép làm việc này.',
    '404': 'Không tìm thấy nội dung này.',
    '409': 'Nội dung đã thay đổi trong lúc bạn làm việc.',
    '412': 'Nội dung đã được người khác sửa trong lúc bạn làm việc.',
    '413': 'Tệp quá lớn.',
    '422': 'Có thông tin chưa hợp lệ.',
    '429': 'Bạn thao tác quá nhanh. Hãy chờ một lát.',
    other: 'Máy chủ gặp trục trặc. Hãy thử lại sau ít phút.',
  },
  notFound: {
    title: 'Không có trang này',
    text: 'Địa chỉ có thể đã gõ nhầm hoặc trang không còn nữa.',
  },
  forbidden: {
    title: 'Bạn không có quyền xem trang này',
    text: 'Trang dành cho vai trò khác. Nếu cần, hãy hỏi quản trị viên của đơn vị.',
  },
  crash: {
    title: 'Trang gặp lỗi',
    text: 'Bạn tải lại trang giúp. Những gì đang nhập dở vẫn được giữ trên máy này.',
  },
  conflict: {
    title: 'Có người vừa sửa nội dung này',
    text: 'Bản bạn đang sửa không còn mới nhất. Bạn muốn giữ phần của mình hay lấy bản mới?',
    keepMine: 'Lưu đè bằng bản của tôi',
    takeTheirs: 'Bỏ bản của tôi, lấy bản mới',
    stay: 'Xem lại đã',
  },
};
