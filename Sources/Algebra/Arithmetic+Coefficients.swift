/// The coefficients of the transcendental functions, as `Tests/Golden/functions/coefficients.py` finds them.
///
/// Minimax polynomials, each coefficient rounded in turn and the rest fitted anew; constants in parts whose products
/// with the reduction's integer are exact. The error named is the polynomial's own, before any rounding.
struct Coefficients: Sendable {
  let f64: [Double]
  let f32: [Double]

  subscript(precision: Precision) -> [Double] { precision == .f64 ? f64 : f32 }
}

extension Coefficients {
  /// ln 2 in two parts, the first short enough for exact products.
  static let ln2 = Coefficients(
    f64: [
      0x1.62e42fefa4000p-1,
      -0x1.8432a1b0e2634p-43,
    ],
    f32: [
      0x1.62e4000000000p-1,
      0x1.7f7d1c0000000p-20,
    ])

  /// (eʳ − 1 − r)/r² in r, on |r| ≤ ln 2 / 2.
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

  /// (2·atanh(s)/s − 2)/s² in s², on s ≤ (√2 − 1)/(√2 + 1).
  /// f64: relative error at most 2^-59.5.
  /// f32: relative error at most 2^-30.2.
  static let logarithm = Coefficients(
    f64: [
      0x1.5555555555592p-1,
      0x1.999999997fefap-2,
      0x1.24924941e4e10p-2,
      0x1.c71c521005415p-3,
      0x1.74663e15836a6p-3,
      0x1.39a1c42c8cdd1p-3,
      0x1.2f056c5f950c8p-3,
    ],
    f32: [
      0x1.55557a0000000p-1,
      0x1.995ed40000000p-2,
      0x1.31e0f00000000p-2,
    ])

}
