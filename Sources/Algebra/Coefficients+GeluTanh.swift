/// For gelu_tanh. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// 2·√(2/π) in two parts, the first half as long as a number.
  static let geluLinear = Coefficients(
    f64: [
      0x1.9884530000000p+0,
      0x1.ea1b284687e5ap-27,
    ],
    f32: [
      0x1.9880000000000p+0,
      0x1.14cf500000000p-14,
    ])

  /// 0.044715 times that, likewise.
  static let geluCubic = Coefficients(
    f64: [
      0x1.2444f28000000p-4,
      0x1.26c5a57a4def1p-31,
    ],
    f32: [
      0x1.2440000000000p-4,
      0x1.3ca9360000000p-18,
    ])

}
