/// For eˣ and 2ˣ. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// ln 2 in two parts, the first short enough for exact products, and both positive.
  static let ln2 = Coefficients(
    f64: [
      0x1.62e42fefa2000p-1,
      0x1.9ef35793c7673p-41,
    ],
    f32: [
      0x1.62e4000000000p-1,
      0x1.7f7d1c0000000p-20,
    ])

  /// (eʳ − 1 − r)/r² in r, on |r| ≤ ½·ln 2.
  /// f64: relative error at most 2^-57.9.
  /// f32: relative error at most 2^-28.3.
  static let exponential = Coefficients(
    f64: [
      0x1.000000000000ap-1,
      0x1.555555555550ap-3,
      0x1.555555555076cp-5,
      0x1.1111111124c23p-7,
      0x1.6c16c18447756p-10,
      0x1.a01a0136e60c4p-13,
      0x1.a01999e1baab2p-16,
      0x1.71df0ea7d2267p-19,
      0x1.28ad8967f2c8ap-22,
      0x1.ad9d52f276dedp-26,
    ],
    f32: [
      0x1.fffffc0000000p-2,
      0x1.5554920000000p-3,
      0x1.5558b00000000p-5,
      0x1.1239980000000p-7,
      0x1.6a4e6c0000000p-10,
    ])

  /// (eʳ − 1 − r)/r² in r, on |r| ≤ ¼·ln 2.
  /// f64: relative error at most 2^-55.8.
  /// f32: relative error at most 2^-29.2.
  static let exponentialHalf = Coefficients(
    f64: [
      0x1.ffffffffffefbp-2,
      0x1.55555555558a4p-3,
      0x1.55555556009ffp-5,
      0x1.1111110f08bebp-7,
      0x1.6c16b8d847564p-10,
      0x1.a01a185b1e3dcp-13,
      0x1.a06ffeea9b1fbp-16,
      0x1.71a9433779626p-19,
    ],
    f32: [
      0x1.ffffde0000000p-2,
      0x1.55557a0000000p-3,
      0x1.55cc920000000p-5,
      0x1.10e81e0000000p-7,
    ])

  /// ½·ln 2 as two numbers.
  static let halfLn2 = Coefficients(
    f64: [
      0x1.62e42fefa39efp-2,
      0x1.abc9e3b39803fp-57,
    ],
    f32: [
      0x1.62e4300000000p-2,
      -0x1.05c6100000000p-30,
    ])

  /// A number c, and c·√2 within 2⁻¹⁴ of a unit.
  static let diagonal = Coefficients(
    f64: [
      0x1.624dd2f1aa3b5p+0,
      0x1.f50fbfe7ef610p+0,
    ],
    f32: [
      0x1.62b5700000000p+0,
      0x1.f5a2480000000p+0,
    ])

  /// (tanh(x)/x − 1)/x² in x², on |x| ≤ 0.5625.
  /// f64: relative error at most 2^-59.8.
  /// f32: relative error at most 2^-29.4.
  static let tanhNear = Coefficients(
    f64: [
      -0x1.555555555554bp-2,
      0x1.1111111110246p-3,
      -0x1.ba1ba1b92fa64p-5,
      0x1.664f4847f7943p-6,
      -0x1.226e2cd64fce0p-7,
      0x1.d6d240c25df00p-9,
      -0x1.7d8b3fd86f2c1p-10,
      0x1.345df7912c3bdp-11,
      -0x1.e7efa1591aa55p-13,
      0x1.5926e48c2121bp-14,
      -0x1.3c71d5d9c4982p-16,
    ],
    f32: [
      -0x1.5555480000000p-2,
      0x1.110c5e0000000p-3,
      -0x1.b905c40000000p-5,
      0x1.5811fa0000000p-6,
      -0x1.9455340000000p-8,
    ])

  /// (2ᶠ − 1)/f in f, on |f| ≤ ½.
  /// f64: relative error at most 2^-55.5.
  /// f32: relative error at most 2^-27.5.
  static let powerOfTwo = Coefficients(
    f64: [
      0x1.62e42fefa39f3p-1,
      0x1.ebfbdff82c599p-3,
      0x1.c6b08d7048dccp-5,
      0x1.3b2ab6fba1b3bp-7,
      0x1.5d87fe7bf5445p-10,
      0x1.4309130a25635p-13,
      0x1.ffcbed4c4d7b1p-17,
      0x1.62bfd24427b47p-20,
      0x1.b543158878bf5p-24,
      0x1.e60ab3082d22fp-28,
      0x1.be37b61a75243p-32,
    ],
    f32: [
      0x1.62e4320000000p-1,
      0x1.ebfbe60000000p-3,
      0x1.c6ad6c0000000p-5,
      0x1.3b244c0000000p-7,
      0x1.5fe2760000000p-10,
      0x1.48e1a80000000p-13,
    ])

}
