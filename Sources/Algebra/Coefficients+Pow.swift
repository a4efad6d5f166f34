/// For log₂ in more than the precision. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// (log₂((1 + s)/(1 − s)) − 2s/ln 2)/s³ in s², on |s| ≤ 0.036.
  /// f64: relative error at most 2^-70.9.
  /// f32: relative error at most 2^-41.8.
  static let binaryLogarithm = Coefficients(
    f64: [
      0x1.ec709dc3a03fdp-1,
      0x1.2776c50efb0bep-1,
      0x1.a61762815271cp-2,
      0x1.484c0b6af42c5p-2,
      0x1.09c51815addcap-2,
      0x1.fd266c5e9234ep-1,
    ],
    f32: [
      0x1.ec709e0000000p-1,
      0x1.2774480000000p-1,
      0x1.b20b0a0000000p-2,
    ])

  /// 2/ln 2 in two parts, the first half as long as a number.
  static let binaryLogarithmScale = Coefficients(
    f64: [
      0x1.7154760000000p+1,
      0x1.4ae0bf85ddf44p-25,
    ],
    f32: [
      0x1.7140000000000p+1,
      0x1.47652c0000000p-11,
    ])

  /// Where one centre's part of √½ ≤ m < √2 ends and the next one's begins.
  static let powBounds = Coefficients(
    f64: [
      0x1.a000000000000p-1,
      0x1.de00000000000p-1,
      0x1.1280000000000p+0,
      0x1.3b00000000000p+0,
    ],
    f32: [
      0x1.a000000000000p-1,
      0x1.de00000000000p-1,
      0x1.1280000000000p+0,
      0x1.3b00000000000p+0,
    ])

  /// The centres c.
  static let powCentres = Coefficients(
    f64: [
      0x1.8400000000000p-1,
      0x1.be00000000000p-1,
      0x1.0000000000000p+0,
      0x1.2600000000000p+0,
      0x1.5200000000000p+0,
    ],
    f32: [
      0x1.8400000000000p-1,
      0x1.be00000000000p-1,
      0x1.0000000000000p+0,
      0x1.2600000000000p+0,
      0x1.5200000000000p+0,
    ])

  /// log₂ c, first parts: whole exponents can be added to them exactly.
  static let powHeads = Coefficients(
    f64: [
      -0x1.99b072a980000p-2,
      -0x1.97c1cb1400000p-3,
      0x0.0p+0,
      0x1.98edd07800000p-3,
      0x1.9a80239200000p-2,
    ],
    f32: [
      -0x1.99b0000000000p-2,
      -0x1.97c0000000000p-3,
      0x0.0p+0,
      0x1.98e0000000000p-3,
      0x1.9a80000000000p-2,
    ])

  /// log₂ c, second parts.
  static let powTails = Coefficients(
    f64: [
      0x1.394d90d7240bfp-38,
      0x1.c09fbd2ae6958p-38,
      0x0.0p+0,
      -0x1.8f20fd0531735p-39,
      -0x1.dcd0cb4492f1cp-38,
    ],
    f32: [
      -0x1.caa5b20000000p-20,
      -0x1.cb13c80000000p-19,
      0x0.0p+0,
      0x1.ba0efc0000000p-16,
      0x1.1c8f120000000p-21,
    ])

}
