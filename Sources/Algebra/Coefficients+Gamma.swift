/// For ln Γ and its derivatives, ln cosh and sinc. Written by `Tests/Golden/functions/coefficients.py`.
extension Coefficients {
  /// (ln cosh(√z)/z − ½)/z in z, on z ≤ 1.
  /// f64: relative error at most 2^-60.1.
  /// f32: relative error at most 2^-30.6.
  static let logCosh = Coefficients(
    f64: [
      -0x1.555555555554cp-4,
      0x1.6c16c16c15cd9p-6,
      -0x1.ba1ba1b98fa1ep-8,
      0x1.1ea5d38761cf7p-9,
      -0x1.833d98eedfb84p-11,
      0x1.0d0b1ee4f2c4ep-12,
      -0x1.7d9f4e0304508p-14,
      0x1.12db7b9398145p-15,
      -0x1.8ff8081ecf721p-17,
      0x1.22cdf587d579cp-18,
      -0x1.9ac2bf4e2b621p-20,
      0x1.092dd0dc9a467p-21,
      -0x1.1a2ed7925178dp-23,
      0x1.a481b98c7b482p-26,
      -0x1.3c9d4740572cdp-29,
    ],
    f32: [
      -0x1.5555500000000p-4,
      0x1.6c14660000000p-6,
      -0x1.b9c3ec0000000p-8,
      0x1.1b9f240000000p-9,
      -0x1.6606200000000p-11,
      0x1.76769a0000000p-13,
      -0x1.b87f2a0000000p-16,
    ])

  /// ln Γ(2 + u)/(u·(u + 1)) in u, on |u| ≤ 1.
  /// f64: relative error at most 2^-56.3.
  /// f32: relative error at most 2^-25.9.
  static let logGammaNear = Coefficients(
    f64: [
      0x1.b0ee6072093cep-2,
      -0x1.9ae6509ea109fp-4,
      0x1.0e0c9df293639p-5,
      -0x1.95ce223a9cd97p-7,
      0x1.479748538a21dp-8,
      -0x1.145121f984b47p-9,
      0x1.dfebcfa6f2d21p-11,
      -0x1.a96a402272f0fp-12,
      0x1.7ed72eccd4cc9p-13,
      -0x1.5c86b2e2ef4aep-14,
      0x1.402fa52665f40p-15,
      -0x1.2850be26d8b4dp-16,
      0x1.13d8ac4568534p-17,
      -0x1.02281c0a83609p-18,
      0x1.e68abce17647ap-20,
      -0x1.cad25908b7fc4p-21,
      0x1.a69ddd9276ddfp-22,
      -0x1.93266e4b78c8fp-23,
      0x1.cd7af6c56d127p-24,
      -0x1.ad4da183e0401p-25,
      0x1.8543c7b299fd1p-29,
      -0x1.63f9fb4219af8p-29,
      0x1.368c9ed728624p-26,
      -0x1.106dcc1d07191p-27,
      -0x1.5653fbfbee616p-28,
      0x1.24c553a1a7792p-29,
      0x1.cdb87c45803d1p-30,
      -0x1.a6d38a468cf7dp-31,
    ],
    f32: [
      0x1.b0ee600000000p-2,
      -0x1.9ae6500000000p-4,
      0x1.0e0d7a0000000p-5,
      -0x1.95cfae0000000p-7,
      0x1.4752a20000000p-8,
      -0x1.14005a0000000p-9,
      0x1.e78b260000000p-11,
      -0x1.b4e62e0000000p-12,
      0x1.5179d40000000p-13,
      -0x1.0305ee0000000p-14,
      0x1.9e3ef00000000p-15,
      -0x1.2768940000000p-15,
      0x1.53895e0000000p-17,
    ])

  /// x·(ln Γ(x) − (x − ½)·(ln x − 1) − ½·(ln 2π − 1)) in 1/x², on x ≥ 8.
  /// f64: relative error at most 2^-63.2.
  /// f32: relative error at most 2^-38.5.
  static let logGammaFar = Coefficients(
    f64: [
      0x1.5555555555516p-4,
      -0x1.6c16c169f23f7p-9,
      0x1.a019f4bb120d3p-11,
      -0x1.380a5709bf3d3p-11,
      0x1.b5f27128d02ddp-11,
      -0x1.a5c7c782a34e6p-10,
    ],
    f32: [
      0x1.5555560000000p-4,
      -0x1.6c23a00000000p-9,
      0x1.a33bd60000000p-11,
    ])

  /// ψ(2 + u)/(u − root) in u, on |u| ≤ 1.
  /// f64: relative error at most 2^-54.8.
  /// f32: relative error at most 2^-26.0.
  static let digammaNear = Coefficients(
    f64: [
      0x1.9213d46736ba4p-1,
      -0x1.0aff270ca07a7p-2,
      0x1.be76b26db7df0p-4,
      -0x1.95ec0c3ba9401p-5,
      0x1.802924f9c9ee9p-6,
      -0x1.7389aa80acb4cp-7,
      0x1.6bdf5e0dbd6a9p-8,
      -0x1.6714cfd6f7c52p-9,
      0x1.64076261bc53bp-10,
      -0x1.620f087a85707p-11,
      0x1.60c64a1efe2b0p-12,
      -0x1.5feee4296189dp-13,
      0x1.5f6610720cae6p-14,
      -0x1.5f0bdf2794424p-15,
      0x1.5e9597ff7c7c1p-16,
      -0x1.5e282b48cf473p-17,
      0x1.5f9e1c9c461ecp-18,
      -0x1.63265596b03e6p-19,
      0x1.5d546f50d90dbp-20,
      -0x1.3b3ab3758fd53p-21,
      0x1.36c498bfa84aep-22,
      -0x1.0d5c925651956p-22,
      0x1.622cdb108dc44p-23,
      0x1.6e81dc8487bddp-25,
      -0x1.3fcc7a9f7a14bp-24,
      -0x1.14ba078e90867p-24,
      0x1.288d4a7c49dd2p-24,
      0x1.51c3af4975f65p-26,
      -0x1.9362e533523d4p-26,
      -0x1.6d08de6b39c7cp-28,
      0x1.4a0d2c745bb0cp-28,
    ],
    f32: [
      0x1.9213d40000000p-1,
      -0x1.0aff260000000p-2,
      0x1.be77d20000000p-4,
      -0x1.95ed400000000p-5,
      0x1.7fe79c0000000p-6,
      -0x1.7364be0000000p-7,
      0x1.71892e0000000p-8,
      -0x1.6845d40000000p-9,
      0x1.27290c0000000p-10,
      -0x1.6662ea0000000p-11,
      0x1.5deaae0000000p-11,
      -0x1.fd17b80000000p-14,
      -0x1.5917500000000p-13,
      -0x1.7406b40000000p-14,
      0x1.babea60000000p-14,
    ])

  /// The zero of ψ, less 2, in three parts.
  static let digammaRoot = Coefficients(
    f64: [
      -0x1.13a4f39528381p-1,
      -0x1.1e563779a1f5bp-56,
      -0x1.f29d59416f391p-113,
    ],
    f32: [
      -0x1.13a4f40000000p-1,
      0x1.ab5f200000000p-27,
      -0x1.23cac60000000p-53,
    ])

  /// (ln x − 1/(2x) − ψ(x))·x² in 1/x², on x ≥ 8.
  /// f64: relative error at most 2^-66.1.
  /// f32: relative error at most 2^-39.2.
  static let digammaFar = Coefficients(
    f64: [
      0x1.5555555555545p-4,
      -0x1.11111110e014ep-7,
      0x1.04104038587e3p-8,
      -0x1.111044c3be7c8p-8,
      0x1.f00cc3e996d9bp-8,
      -0x1.510fc8cdf5ee3p-6,
      0x1.f5b0fd37e5151p-5,
    ],
    f32: [
      0x1.5555540000000p-4,
      -0x1.1104000000000p-7,
      0x1.f54ffa0000000p-9,
    ])

  /// (sinc(x) − 1)/x² in x², on |x| ≤ ½.
  /// f64: relative error at most 2^-63.5.
  /// f32: relative error at most 2^-33.7.
  static let cardinal = Coefficients(
    f64: [
      -0x1.a51a6625307d3p+0,
      0x1.9f9cb402bc44ap-1,
      -0x1.86a8e4720c44ap-3,
      0x1.ac6805ce42ec4p-6,
      -0x1.33816a4c471bdp-9,
      0x1.3746f47205214p-13,
      -0x1.d411ef84b12e0p-18,
      0x1.0d442009ae03ep-22,
      -0x1.5f9434b12decap-28,
    ],
    f32: [
      -0x1.a51a660000000p+0,
      0x1.9f9ca60000000p-1,
      -0x1.86a5860000000p-3,
      0x1.abb3e80000000p-6,
      -0x1.2271840000000p-9,
    ])

  /// sinc′(x)/x in x², on |x| ≤ ½.
  /// f64: relative error at most 2^-55.6.
  /// f32: relative error at most 2^-27.5.
  static let cardinalSlope = Coefficients(
    f64: [
      -0x1.a51a6625307d3p+1,
      0x1.9f9cb402bc46cp+1,
      -0x1.24feab558a482p+0,
      0x1.ac6805cf33a47p-3,
      -0x1.8061c54c40e32p-6,
      0x1.d2eaa5e974443p-10,
      -0x1.999f8735b6c18p-14,
      0x1.0fa92b0fffc29p-18,
      -0x1.11c9e1bddfd25p-23,
    ],
    f32: [
      -0x1.a51a660000000p+1,
      0x1.9f9cae0000000p+1,
      -0x1.24fd3a0000000p+0,
      0x1.abe8600000000p-3,
      -0x1.6e60680000000p-6,
    ])

  /// π in two parts, the first half as long as a number.
  static let piParts = Coefficients(
    f64: [
      0x1.921fb50000000p+1,
      0x1.110b4611a6263p-25,
    ],
    f32: [
      0x1.9200000000000p+1,
      0x1.fb54440000000p-11,
    ])

  /// log₁₀ 2 in two parts, the first half as long as a number.
  static let log10of2 = Coefficients(
    f64: [
      0x1.3441350000000p-2,
      0x1.3ef3fde623e25p-31,
    ],
    f32: [
      0x1.3440000000000p-2,
      0x1.3509f80000000p-18,
    ])

}
