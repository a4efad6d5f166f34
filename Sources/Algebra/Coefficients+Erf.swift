/// For erf. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// erf(x)/x − 1 in x², on |x| ≤ 1.
  /// f64: relative error at most 2^-56.0.
  /// f32: relative error at most 2^-24.6.
  static let erfNear = Coefficients(
    f64: [
      0x1.06eba8214db68p-3,
      -0x1.812746b0379bdp-2,
      0x1.ce2f21a040d24p-4,
      -0x1.b82ce311fa92ep-6,
      0x1.565bccf92adb0p-8,
      -0x1.c02db03dd1e6fp-11,
      0x1.f9a2baa8b0362p-14,
      -0x1.f4ca4d6b20922p-17,
      0x1.b97fd3b5fbca0p-20,
      -0x1.5c0726326d927p-23,
      0x1.d71b0aa505dfap-27,
      -0x1.abae3ea83462ep-31,
    ],
    f32: [
      0x1.06eba20000000p-3,
      -0x1.8126740000000p-2,
      0x1.ce09380000000p-4,
      -0x1.b5a3260000000p-6,
      0x1.4246d80000000p-8,
      -0x1.2742c40000000p-11,
    ])

  /// x·e^(x²)·erfc(x) in x/(x + 2) − ½, on 0.5625 ≤ x ≤ 28 (11 at f32).
  /// f64: relative error at most 2^-55.7.
  /// f32: relative error at most 2^-25.8.
  static let erfTail = Coefficients(
    f64: [
      0x1.058671b52c776p-1,
      0x1.5672b9ea13de6p-2,
      -0x1.a1791e43ece80p-1,
      0x1.f1b9a3c942e08p-1,
      -0x1.dac006bb1ad1dp-2,
      -0x1.ec8d2aae38421p-3,
      0x1.399546dfad2edp-2,
      0x1.2758bd0aafac9p-3,
      -0x1.89501e0280baap-3,
      -0x1.499ef2d9ca000p-3,
      0x1.7711083042600p-4,
      0x1.7696456d9bb88p-3,
      0x1.a10ced525d563p-6,
      -0x1.3d02715f3c00ap-3,
      -0x1.1fc3ac3467f7ap-3,
      0x1.3e7ddea87bfcdp-5,
      0x1.6d11c0fa851bap-3,
      0x1.4923966cc5515p-3,
      -0x1.b32e053efb17dp-5,
      -0x1.b7c356f7f35b6p-2,
      -0x1.4ee0e968abd06p-4,
      0x1.56b69f6841395p-1,
      -0x1.476cc7c07b611p-2,
    ],
    f32: [
      0x1.0586720000000p-1,
      0x1.5672ba0000000p-2,
      -0x1.a179920000000p-1,
      0x1.f1b9780000000p-1,
      -0x1.da86d40000000p-2,
      -0x1.ec64e00000000p-3,
      0x1.34c1a40000000p-2,
      0x1.23ad2a0000000p-3,
      -0x1.39e8ae0000000p-3,
      -0x1.14d46e0000000p-3,
    ])

  /// log₂ erfc(1 + u) in u, on 0 ≤ u ≤ 5 (3 at f32); the error is that of 1 − erfc.
  /// f64: relative error at most 2^-57.0.
  /// f32: relative error at most 2^-27.5.
  static let erfFar = Coefficients(
    f64: [
      -0x1.558eada6637f3p+1,
      -0x1.e75328fe78c30p+1,
      -0x1.37627e9b5d728p+0,
      -0x1.eb3136862067bp-5,
      0x1.da57641881a72p-7,
      -0x1.7603da9eafe5ep-9,
      0x1.6701cb9804b38p-12,
      0x1.3e3b67aca005ep-15,
      -0x1.492582282d678p-15,
      0x1.d411ab7082487p-17,
      -0x1.9c6419a3eddedp-19,
      0x1.3ad99fa0277fcp-22,
      0x1.6c7644cd26332p-24,
      -0x1.a187b100141fap-25,
      0x1.aa285d975fabep-27,
      -0x1.083a6e49488adp-29,
      0x1.7ef126985bab8p-33,
      -0x1.f455d954493bbp-38,
    ],
    f32: [
      -0x1.558eae0000000p+1,
      -0x1.e753220000000p+1,
      -0x1.37637a0000000p+0,
      -0x1.ea82f00000000p-5,
      0x1.d3ccd20000000p-7,
      -0x1.59ee140000000p-9,
      0x1.19f2ba0000000p-12,
    ])

}
