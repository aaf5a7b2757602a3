import { lazy } from '../data/data-file.js';
import { keyOf, titleWords, type TitleWord } from './title-words.js';

/**
 * Broad groups that a field named anywhere in the title makes precise: who sells what, who drives what, who develops
 * what. Phrases are compared as the vocabulary's are; the first that occurs decides.
 */
const HINTS: Readonly<Record<string, readonly (readonly [code: string, phrases: string])[]>> = {
  sells: [
    ['3334', 'bất động sản; căn hộ; nhà đất; nhà phố; biệt thự; đất nền; chung cư; shophouse'],
    ['3321', 'bảo hiểm nhân thọ; bảo hiểm; bancassurance'],
    ['3312', 'vay; khoản vay; thế chấp; tín dụng; thẻ tín dụng; vay vốn; vay tiêu dùng'],
    ['3311', 'chứng khoán; phái sinh; forex; hàng hóa phái sinh'],
    ['3339', 'tuyển sinh; khóa học; du học; giáo dục; ielts'],
    [
      '2434',
      'phần mềm; hóa đơn điện tử; chữ ký số; saas; erp; crm; viễn thông; internet; cloud; hosting; tên miền; website',
    ],
    ['3324', 'logistics; cước; vận tải quốc tế; freight; forwarding; xuất khẩu; export'],
    ['4221', 'tour; du lịch; vé máy bay; travel; lữ hành; ota'],
    ['5142', 'thẩm mỹ; spa; clinic; làm đẹp'],
    [
      '2433',
      'thiết bị y tế; vật tư y tế; nha khoa; máy móc; thiết bị công nghiệp; dược phẩm; hóa chất; phân bón; thuốc thú y',
    ],
    [
      '2433',
      'thuốc bảo vệ thực vật; tự động hóa; thiết bị điện; thang máy; máy công trình; điện công nghiệp; thiết bị phòng thí nghiệm',
    ],
    ['2433', 'năng lượng mặt trời; điện mặt trời; thức ăn chăn nuôi; vòng bi; biến tần; máy nén khí; y tế'],
  ],
  drives: [
    ['8344', 'xe nâng'],
    [
      '8332',
      'bằng c; hạng c; dấu c; bằng fc; hạng fc; fc; xe tải; container; đầu kéo; xe ben; bằng c1; hạng c1; xe bồn',
    ],
    ['8331', 'bằng d; hạng d; hạng e; bằng e; 16 chỗ; 29 chỗ; 45 chỗ; xe khách; xe buýt; limousine; đưa đón'],
    ['8321', 'xe máy; giao đồ ăn'],
  ],
  develops: [
    ['2145', 'thực phẩm; đồ uống; f&b; bánh kẹo; beverage; food; gia vị; sữa; trà sữa'],
    ['2113', 'mỹ phẩm; hóa mỹ phẩm; cosmetic'],
    ['2262', 'dược; dược phẩm; thuốc'],
    ['2163', 'thời trang; may mặc; trang sức'],
  ],
  makes: [
    ['8212', 'linh kiện điện tử; điện tử; bo mạch; điện thoại; camera; linh kiện; tai nghe'],
    ['8153', 'may mặc; may; quần áo; may công nghiệp'],
    ['8142', 'nhựa; ép nhựa; bao bì nhựa'],
    ['7511', 'thủy sản; hải sản; tôm; cá'],
    ['8160', 'thực phẩm; bánh kẹo; nước giải khát; đồ uống; bánh; sữa; mì'],
    ['8156', 'giày; da giày; giày da; giày dép'],
    ['8131', 'dược; dược phẩm; mỹ phẩm; hóa chất; sơn; phân bón; pin'],
    ['8143', 'giấy; bao bì; bao bì giấy; carton; thùng carton'],
    ['7522', 'gỗ; đồ gỗ; nội thất; chế biến gỗ'],
    ['8151', 'sợi; kéo sợi'],
    ['8152', 'dệt; dệt may'],
    ['8141', 'cao su; lốp xe; lốp'],
    ['7223', 'cơ khí; cnc; dập; kim loại; gia công cơ khí'],
    ['8114', 'gạch; xi măng; bê tông'],
    ['8121', 'thép; nhôm; luyện kim; cán thép'],
    ['7322', 'in ấn; in'],
    ['9313', 'công trình; xây dựng'],
    ['9211', 'nông nghiệp; trồng rau'],
  ],
  designs: [
    ['3432', 'nội thất; nội ngoại thất; tủ bếp; showroom'],
    ['2163', 'thời trang; trang sức; quần áo; giày; túi xách; nữ trang'],
    ['2144', 'cơ khí; thang máy; khuôn; máy; solidworks'],
    ['2161', 'kiến trúc'],
    ['2151', 'điện; cơ điện; m&e; mep'],
    ['2142', 'kết cấu; hạ tầng'],
  ],
  teaches: [
    ['2342', 'mầm non; mẫu giáo; nhà trẻ'],
    ['2341', 'tiểu học; cấp 1; chủ nhiệm'],
    ['2330', 'thcs; thpt; trung học; cấp 2; cấp 3'],
    ['2356', 'lập trình; tin học; stem; robotics; scratch'],
    ['2355', 'mỹ thuật; vẽ; múa; nhảy; mc'],
    ['2354', 'âm nhạc; piano; thanh nhạc; guitar'],
    ['3423', 'yoga; gym; pilates; zumba'],
  ],
};

/** The hints that apply to a broad group when its evidence is of this kind. */
const KINDS: readonly (readonly [kind: keyof typeof HINTS, code: string, evidence: RegExp])[] = [
  ['sells', '3322', /./],
  ['sells', '5223', /tư vấn|bán hàng b2b/],
  ['drives', '8322', /./],
  ['develops', '3119', /r&d|nghiên cứu|rnd/],
  [
    'makes',
    '9329',
    /^(?:công nhân|công nhân sản xuất|sản xuất|nhân viên sản xuất|công nhân nhà máy|công nhân xưởng)$/,
  ],
  ['designs', '2166', /^(?:nhân viên |chuyên viên )?thiết kế$/],
  ['teaches', '2353', /^giáo viên$/],
];

interface Hint {
  code: string;
  words: readonly TitleWord[];
  key: string;
}

const compiled = lazy((): Record<string, Hint[]> => {
  const hintsOf = (code: string, phrases: string): Hint[] =>
    phrases.split(';').map((phrase) => {
      const words = titleWords(phrase);
      return { code, words, key: ` ${keyOf(words, 0, words.length)} ` };
    });
  const entries = Object.entries(HINTS);
  return Object.fromEntries(
    entries.map(([kind, hints]) => [kind, hints.flatMap((hint) => hintsOf(...hint))]),
  );
});

/** The more precise group for a broad one, from the words of the whole title. */
export function preciseByField(
  code: string,
  evidence: string,
  parts: readonly (readonly TitleWord[])[],
): string | undefined {
  const kind = KINDS.find(([, broad, pattern]) => broad === code && pattern.test(evidence))?.[0];
  if (!kind) return undefined;
  const keys = parts.map((part) => ` ${keyOf(part, 0, part.length)} `);
  const isNamed = ({ words, key }: Hint): boolean =>
    parts.some((part, i) => keys[i]!.includes(key) && isWrittenSo(part, words));
  return compiled()[kind]!.find(isNamed)?.code;
}

/** The folded words are there; where the writer uses accents, they must be the right ones. */
function isWrittenSo(part: readonly TitleWord[], phrase: readonly TitleWord[]): boolean {
  if (!part.some((word) => word.accented)) return true;
  return part.some((_, at) => phrase.every((word, i) => part[at + i]?.normal === word.normal));
}
