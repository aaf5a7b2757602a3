export default {
  title: 'Đồng ý kết nối việc làm',
  never: 'Giới tính, dân tộc, khuyết tật không bao giờ được chấm điểm.',
  agree: 'Tôi đồng ý cho so khớp hồ sơ của tôi với việc làm',
  agreedOnPaper: 'Người tìm việc đã đọc và ký đồng ý trên giấy',
  given: 'Bạn đã đồng ý lúc {{when}}.',
  notGiven: 'Bạn chưa đồng ý, hồ sơ chưa được so khớp.',
  giveButton: 'Tôi đồng ý',
  withdrawButton: 'Rút lại đồng ý',
  withdrawTitle: 'Rút lại đồng ý?',
  withdrawText:
    'Hồ sơ của bạn sẽ được gỡ khỏi việc so khớp ngay và bạn không còn nhận gợi ý. Hồ sơ vẫn được giữ.',
};
