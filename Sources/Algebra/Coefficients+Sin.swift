/// For sin and cos. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// π/2 in parts, each short enough for exact products with n < 2²⁶ (2¹³ at f32).
  static let quarterTurn = Coefficients(
    f64: [
      0x1.921fb54000000p+0,
      0x1.10b4620000000p-30,
      -0x1.cb3b398000000p-55,
      -0x1.d747f20000000p-83,
      -0x1.f1976b7ed8fbcp-110,
    ],
    f32: [
      0x1.9200000000000p+0,
      0x1.fb80000000000p-12,
      -0x1.5e00000000000p-23,
      0x1.0b80000000000p-34,
      -0x1.cf72ce0000000p-45,
    ])

  /// (sin r − r)/r³ in r², on |r| ≤ π/4.
  /// f64: relative error at most 2^-57.9.
  /// f32: relative error at most 2^-27.9.
  static let sine = Coefficients(
    f64: [
      -0x1.5555555555548p-3,
      0x1.111111110f730p-7,
      -0x1.a01a019be921ap-13,
      0x1.71de35552bd3ep-19,
      -0x1.ae5e4b848deb0p-26,
      0x1.5d8b55d3a23dap-33,
    ],
    f32: [
      -0x1.5555460000000p-3,
      0x1.1107760000000p-7,
      -0x1.9952fa0000000p-13,
    ])

  /// (cos r − 1 + r²/2)/r⁴ in r², on |r| ≤ π/4.
  /// f64: relative error at most 2^-63.9.
  /// f32: relative error at most 2^-33.0.
  static let cosine = Coefficients(
    f64: [
      0x1.555555555554bp-5,
      -0x1.6c16c16c1500dp-10,
      0x1.a01a019c8dd20p-16,
      -0x1.27e4f7f0502d4p-22,
      0x1.1ee9dacb75b44p-29,
      -0x1.8fa5ec6738a51p-37,
    ],
    f32: [
      0x1.55554a0000000p-5,
      -0x1.6c0c280000000p-10,
      0x1.99e80c0000000p-16,
    ])

}
