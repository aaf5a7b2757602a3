/**
 * What people put at the core of a password when they must have one, without accents, digits and signs: words
 * of public lists of leaked passwords and their Vietnamese equivalents. "Matkhau@2026" is "matkhau".
 */
export const COMMON_CORES: ReadonlySet<string> = new Set(
  `password passwords passw pass mypassword newpassword passwordpassword matkhau matkhaumoi matkhaucuatoi mk matkhaumatkhau
  admin administrator adminadmin root rootroot test testtest tester user username guest demo default changeme
  changeit letmein welcome welcomeback login signin secret mysecret master hello helloworld access computer
  internet windows microsoft google facebook gmail zalo samsung iphone apple android
  qwerty qwertyuiop qwertyui qwertz azerty asdf asdfgh asdfghjkl asdfasdf zxcvbn zxcvbnm qazwsx qazwsxedc
  qweasd qweasdzxc qwer qwerasdf qwerqwer abc abcd abcde abcdef abcdefg abcdefgh abcdefghij abcabc aabbcc xyz
  iloveyou ilovey loveyou love lovelove yeu anhyeuem emyeuanh toiyeuem toiyeuanh yeuem yeuanh yeuemnhieulam
  vietnam vietnamvodich vietnamese ilovevietnam saigon hanoi hochiminh tphcm danang haiphong cantho
  noiviec vieclam timviec laodong nhanvien congty giamdoc canbo trungtam soldtbxh sonoivu
  monkey dragon football baseball superman batman naruto pikachu sunshine princess shadow michael jordan
  nguyen nguyenvan nguyenthi tran tranvan tranthi anhanh conmeo concho gaucon congchua hoangtu giadinh hanhphuc
  khongbiet khongnho khongco chaoban xinchao mothaiba motvaihai honda yamaha bongda`
    .split(/\s+/)
    .filter(Boolean),
);
