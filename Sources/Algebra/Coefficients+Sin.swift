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

  /// The digits of 2/π to the base 2²⁴ (2¹¹ at f32), two zeros before them.
  static let twoByPi = Coefficients(
    f64: [
      0x0.0p+0,
      0x0.0p+0,
      0x1.45f3060000000p+23,
      0x1.b939100000000p+22,
      0x1.529fc00000000p+20,
      0x1.3abe880000000p+21,
      0x1.ea69ba0000000p+23,
      0x1.81b6c40000000p+23,
      0x1.2b32780000000p+23,
      0x1.0e41040000000p+22,
      0x1.fca2c60000000p+23,
      0x1.57bd760000000p+23,
      0x1.8ac36e0000000p+23,
      0x1.2371d00000000p+21,
      0x1.0937480000000p+22,
      0x1.c00c920000000p+23,
      0x1.7750480000000p+21,
      0x1.a324380000000p+23,
      0x1.fc3bd60000000p+23,
      0x1.cb12900000000p+20,
      0x1.4e7dd00000000p+23,
      0x1.046bea0000000p+23,
      0x1.75da200000000p+21,
      0x1.09d3380000000p+23,
      0x1.c09ad00000000p+22,
      0x1.7df9040000000p+22,
      0x1.cc8eb00000000p+21,
      0x1.cc1a980000000p+21,
      0x1.cfa4e00000000p+21,
      0x1.08bf160000000p+23,
      0x1.7bf2500000000p+23,
      0x1.d8ffc00000000p+21,
      0x1.2fffbc0000000p+23,
      0x1.6603c00000000p+18,
      0x1.de5e220000000p+23,
      0x1.16b4140000000p+23,
      0x1.b47db40000000p+22,
      0x1.b3f6780000000p+21,
      0x1.3e58480000000p+21,
      0x1.6e9e8c0000000p+23,
      0x1.fb34f00000000p+21,
      0x1.7fa8b40000000p+22,
      0x1.d49ee80000000p+22,
      0x1.8fd7ca0000000p+23,
      0x1.e2f67a0000000p+23,
      0x1.ce7dc00000000p+18,
      0x1.14a5240000000p+23,
      0x1.d4d7f60000000p+23,
      0x1.7ec47c0000000p+22,
      0x1.1aba100000000p+23,
      0x1.580cc00000000p+22,
    ],
    f32: [
      0x0.0p+0,
      0x0.0p+0,
      0x1.45c0000000000p+10,
      0x1.9800000000000p+10,
      0x1.b700000000000p+10,
      0x1.3900000000000p+10,
      0x1.0500000000000p+9,
      0x1.29c0000000000p+10,
      0x1.e100000000000p+10,
      0x1.d5c0000000000p+10,
      0x1.a3c0000000000p+10,
      0x1.5340000000000p+10,
      0x1.bb00000000000p+8,
      0x1.0340000000000p+10,
      0x1.6c40000000000p+10,
      0x1.2b00000000000p+9,
      0x1.9380000000000p+9,
      0x1.10c0000000000p+10,
      0x1.2080000000000p+10,
      0x1.fc00000000000p+6,
    ])

  /// π/2 in two parts, the first half as long as a number.
  static let quarterTurnHalves = Coefficients(
    f64: [
      0x1.921fb50000000p+0,
      0x1.110b4611a6263p-26,
    ],
    f32: [
      0x1.9200000000000p+0,
      0x1.fb54440000000p-12,
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
