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

  /// (a + 4)·e^(a²/2)·(1 − Φ(a)) in a/(a + 4) − ½, on 0.8125 ≤ a ≤ 39 (15 at f32).
  /// f64: relative error at most 2^-54.9.
  /// f32: relative error at most 2^-25.7.
  static let normalTail = Coefficients(
    f64: [
      0x1.82b4bb8c94dcep-1,
      -0x1.373e3a893c28bp+0,
      0x1.8c6dbf2cfc235p+0,
      -0x1.7dff2bff68103p+0,
      0x1.eec4cc3e59866p-1,
      -0x1.ee276105936b6p-3,
      -0x1.c81719e3acc47p-3,
      0x1.ab8260224a9ecp-3,
      0x1.17a4b5eae5ba2p-5,
      -0x1.e4a44888398e6p-4,
      -0x1.00257e3e00e77p-9,
      0x1.26d42e09c510fp-4,
      0x1.80a98479cc4f5p-9,
      -0x1.8db974e9d5c01p-5,
      -0x1.5017b18fec232p-7,
      0x1.161d7393f2140p-5,
      0x1.162612d69261bp-6,
      -0x1.73e00238f402ap-6,
      -0x1.17e36c9f2fa91p-6,
      0x1.9a85717745c6cp-7,
      0x1.7a5a6728dabbep-8,
    ],
    f32: [
      0x1.82b4bc0000000p-1,
      -0x1.373e3a0000000p+0,
      0x1.8c6da40000000p+0,
      -0x1.7e00c40000000p+0,
      0x1.eed01c0000000p-1,
      -0x1.eb8dba0000000p-3,
      -0x1.cbceb60000000p-3,
      0x1.8020780000000p-3,
      0x1.7921120000000p-5,
    ])

}
