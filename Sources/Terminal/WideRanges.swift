/// The scalars that take two cells beside those of default emoji presentation (UAX #11: W, F).
let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F,  // leading Hangul jamo
  0x2329...0x232A,  // angle brackets
  0x2E80...0x303E,  // CJK radicals, punctuation
  0x3041...0x3247,  // kana, bopomofo, enclosed CJK
  0x3250...0x4DBF,  // CJK compatibility, extension A
  0x4E00...0xA4CF,  // unified ideographs, Yi
  0xA960...0xA97F,  // Hangul jamo extended A
  0xAC00...0xD7A3,  // Hangul syllables
  0xF900...0xFAFF,  // compatibility ideographs
  0xFE10...0xFE19,  // vertical forms
  0xFE30...0xFE6B,  // CJK compatibility and small forms
  0xFF01...0xFF60,  // fullwidth forms
  0xFFE0...0xFFE6,  // fullwidth signs
  0x16FE0...0x18DF2,  // ideographic symbols, Tangut, Khitan
  0x1AFF0...0x1B2FB,  // kana supplement, Nushu
  0x1F200...0x1F265,  // enclosed ideographs
  0x20000...0x2FFFD,  // supplementary ideographs
  0x30000...0x3FFFD,  // tertiary ideographs
]
