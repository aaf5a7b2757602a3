export default {
  title: 'Việc phù hợp với bạn',
  lead: 'Mỗi việc kèm lý do theo từng tiêu chí. Giới tính, dân tộc, khuyết tật không bao giờ được tính điểm.',
  emptyTitle: 'Chưa có việc phù hợp',
  emptyText:
    'Thêm nghề mong muốn, nơi muốn làm và kỹ năng để có gợi ý. Có tin mới, danh sách sẽ tự cập nhật.',
  completeProfile: 'Bổ sung hồ sơ',
  noProfileTitle: 'Bạn chưa có hồ sơ',
  noProfileText: 'Cho biết bạn làm được gì và muốn làm ở đâu, hệ thống sẽ tìm việc phù hợp.',
  makeProfile: 'Lập hồ sơ',
  noConsentTitle: 'Cần bạn đồng ý trước',
  noConsentText: 'Chúng tôi chỉ so khớp hồ sơ với việc làm khi bạn đồng ý.',
  noConsentUse: 'Chỉ cán bộ trung tâm ở địa phương của bạn xem được kết quả.',
  noConsentWithdraw: 'Bạn rút lại lúc nào cũng được, hồ sơ được gỡ khỏi danh sách ngay.',
  toConsent: 'Xem và đồng ý',
};
