import Testing

@testable import NNCProgram

@Suite struct UniformGeneratorTests {
  /// Random123's known answers for philox4x32-10.
  @Test(arguments: [
    (
      SIMD4<UInt32>(0, 0, 0, 0), SIMD2<UInt32>(0, 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
      SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0),
      SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, output: SIMD4<UInt32>) {
    #expect(UniformGenerator.philox(counter: counter, key: (key[0], key[1])) == output)
  }

  @Test func elementsTakeHalvesOfOneOutput() {
    let small = UniformGenerator(seed: 0, stream: 0)
    let even = Double(0x6627_e8d5_e169_c58d as UInt64 >> 11) * 0x1p-53
    let odd = Double(0xbc57_ac4c_9b00_dbd8 as UInt64 >> 11) * 0x1p-53
    #expect(small.value(at: 0, bound: 0.5) == (even * 2 - 1) * 0.5)
    #expect(small.value(at: 1, bound: 0.5) == (odd * 2 - 1) * 0.5)
  }

  @Test func valuesFillTheInterval() {
    let generator = UniformGenerator(seed: 42, stream: 3)
    let values = (0..<10_000).map { generator.value(at: $0, bound: 2) }
    #expect(values.allSatisfy { -2 <= $0 && $0 < 2 })
    #expect(abs(values.reduce(0, +) / 10_000) < 0.05)
    let spread = values.reduce(0) { $0 + $1 * $1 } / 10_000
    #expect(abs(spread - 4.0 / 3) < 0.05)
  }
}
