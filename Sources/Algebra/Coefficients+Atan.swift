/// For the inverse trigonometric functions. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// (atan(√z)/√z − 1)/z in z, on √z ≤ 7/16.
  /// f64: relative error at most 2^-57.7.
  /// f32: relative error at most 2^-29.6.
  static let arctangent = Coefficients(
    f64: [
      -0x1.555555555550ap-2,
      0x1.999999998e5dap-3,
      -0x1.2492491fe7779p-3,
      0x1.c71c6fd6e1bb2p-4,
      -0x1.745cdb34fddb9p-4,
      0x1.3b0f1941b20cdp-4,
      -0x1.10d5b79987e76p-4,
      0x1.ddd9d529ae92cp-5,
      -0x1.9790b07efc82ep-5,
      0x1.2af2f95fe3dc1p-5,
      -0x1.0a356194665c6p-6,
    ],
    f32: [
      -0x1.5555420000000p-2,
      0x1.998df40000000p-3,
      -0x1.236ea80000000p-3,
      0x1.adcf700000000p-4,
      -0x1.dd15f80000000p-5,
    ])

  /// atan of ½, 1, 3/2 and ∞, and what these lack.
  static let arctangents = Coefficients(
    f64: [
      0x1.dac670561bb4fp-2,
      0x1.a2b7f222f65e2p-56,
      0x1.921fb54442d18p-1,
      0x1.1a62633145c07p-55,
      0x1.f730bd281f69bp-1,
      0x1.007887af0cbbdp-56,
      0x1.921fb54442d18p+0,
      0x1.1a62633145c07p-54,
    ],
    f32: [
      0x1.dac6700000000p-2,
      0x1.586ed40000000p-28,
      0x1.921fb60000000p-1,
      -0x1.777a5c0000000p-26,
      0x1.f730be0000000p-1,
      -0x1.afc12c0000000p-26,
      0x1.921fb60000000p+0,
      -0x1.777a5c0000000p-25,
    ])

  /// (asin(√z)/√z − 1)/z in z, on z ≤ ¼.
  /// f64: relative error at most 2^-59.9.
  /// f32: relative error at most 2^-27.6.
  static let arcsine = Coefficients(
    f64: [
      0x1.5555555555577p-3,
      0x1.333333332e103p-4,
      0x1.6db6db7215e90p-5,
      0x1.f1c71a9343514p-6,
      0x1.6e8bdf18094acp-6,
      0x1.1c49ebf703eaep-6,
      0x1.ca2000e0cdb32p-7,
      0x1.7581909dd4de9p-7,
      0x1.615440a70c665p-7,
      0x1.e47b6cd7c6b6cp-9,
      0x1.641519c5e6724p-6,
      -0x1.58afc51af97acp-6,
      0x1.0b80b9c762680p-5,
    ],
    f32: [
      0x1.5555c80000000p-3,
      0x1.3301fa0000000p-4,
      0x1.747d5a0000000p-5,
      0x1.8c294c0000000p-6,
      0x1.5971a40000000p-5,
    ])

}
