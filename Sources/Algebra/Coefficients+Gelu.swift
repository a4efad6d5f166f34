/// For gelu. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// (Φ(x) − ½)/x in x², Φ the normal distribution, on |x| ≤ 0.8125.
  /// f64: relative error at most 2^-53.8.
  /// f32: relative error at most 2^-25.1.
  static let normalMiddle = Coefficients(
    f64: [
      0x1.9884533d43651p-2,
      -0x1.1058377e2cee1p-4,
      0x1.46d04297691d7p-7,
      -0x1.37403f6ba0c7ep-10,
      0x1.e42b0d51c8124p-14,
      -0x1.3ce8faabf4faep-17,
      0x1.658a1af788a6ep-21,
      -0x1.62213cf3064aep-25,
      0x1.3857097d7be3dp-29,
      -0x1.ec5ef2a12a2ccp-34,
      0x1.375ec4daf1bb7p-38,
    ],
    f32: [
      0x1.9884540000000p-2,
      -0x1.1058380000000p-4,
      0x1.46d0440000000p-7,
      -0x1.37590c0000000p-10,
      0x1.e31c700000000p-14,
      -0x1.06014c0000000p-17,
    ])

  /// a·e^(a²/2)·(1 − Φ(a)) in a/(a + 4) − ½, on 0.8125 ≤ a ≤ 39 (15 at f32).
  /// f64: relative error at most 2^-54.9.
  /// f32: relative error at most 2^-25.7.
  static let normalTail = Coefficients(
    f64: [
      0x1.82b4bb8c94dcep-2,
      0x1.2dda040d62d0cp-3,
      -0x1.c41d6bcaf85f4p-2,
      0x1.9adc525a9033fp-1,
      -0x1.024df8efd0523p+0,
      0x1.b0ffe01dab8d0p-1,
      -0x1.691976fe7c694p-2,
      -0x1.e4abd3b36725ap-4,
      0x1.ce76f82eb7052p-3,
      -0x1.99ff1c4812836p-6,
      -0x1.e8a535b0c8d85p-4,
      0x1.16d18f597a8bcp-5,
      0x1.2cdda19a15dd2p-4,
      -0x1.5da4e4c20f4dbp-6,
      -0x1.b863e738d4f6cp-5,
      0x1.ba745a3eef4cfp-8,
      0x1.6085be60bf468p-5,
      0x1.52fa27b0fad76p-8,
      -0x1.14094854adb81p-5,
      -0x1.0c3d2af6854d0p-7,
      0x1.437e24f0e3cc7p-6,
    ],
    f32: [
      0x1.82b4bc0000000p-2,
      0x1.2dda040000000p-3,
      -0x1.c41db00000000p-2,
      0x1.9adbf40000000p-1,
      -0x1.024d920000000p+0,
      0x1.b119180000000p-1,
      -0x1.680d5a0000000p-2,
      -0x1.f42fcc0000000p-4,
      0x1.a353e60000000p-3,
    ])

}
