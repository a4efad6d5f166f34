/// For ln. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
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
