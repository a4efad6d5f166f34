/// For sinh. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// (sinh(x)/x − 1)/x² in x², on |x| ≤ 1.
  /// f64: relative error at most 2^-61.8.
  /// f32: relative error at most 2^-25.3.
  static let sinhNear = Coefficients(
    f64: [
      0x1.5555555555556p-3,
      0x1.111111111101ep-7,
      0x1.a01a01a03725ep-13,
      0x1.71de3a3b0807cp-19,
      0x1.ae646ff35aabep-26,
      0x1.6116f58e45898p-33,
      0x1.b5c839a6da4d3p-41,
    ],
    f32: [
      0x1.5555980000000p-3,
      0x1.10f7600000000p-7,
      0x1.ab428a0000000p-13,
    ])

}
