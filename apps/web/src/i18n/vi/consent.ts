export default {
  title: 'Đồng ý kết nối việc làm',
  what: 'Khi bạn đồng ý, Nối Việc so hồ sơ của bạn với các tin tuyển dụng để gợi ý việc phù hợp.',
  data: 'Dữ liệu dùng: nghề, kỹ năng, trình độ, kinh nghiệm, nơi muốn làm, mức lương mong muốn. Không dùng tên, số căn cước, số điện thoại.',
  who: 'Người xem được: bạn và cán bộ trung tâm dịch vụ việc làm ở địa phương của bạn.',
  never: 'Giới tính, dân tộc, khuyết tật không bao giờ được chấm điểm.',
  withdraw: 'Bạn rút lại lúc nào cũng được; hồ sơ được gỡ khỏi việc so khớp ngay.',
  agree: 'Tôi đồng ý cho so khớp hồ sơ của tôi với việc làm',
  given: 'Bạn đã đồng ý lúc {{when}}.',
  notGiven: 'Bạn chưa đồng ý, hồ sơ chưa được so khớp.',
  giveButton: 'Tôi đồng ý',
  withdrawButton: 'Rút lại đồng ý',
  withdrawTitle: 'Rút lại đồng ý?',
  withdrawText:
    'Hồ sơ của bạn sẽ được gỡ khỏi việc so khớp ngay và bạn không còn nhận gợi ý. Hồ sơ vẫn được giữ.',
};
