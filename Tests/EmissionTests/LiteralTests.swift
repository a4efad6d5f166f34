import NNCAlgebra
import Testing

@testable import NNCEmission

@Suite struct LiteralTests {
  @Test func hexadecimal() {
    #expect(Literal.hexadecimal(1) == "0x1p0")
    #expect(Literal.hexadecimal(-0.75) == "-0x1.8p-1")
    #expect(Literal.hexadecimal(0.1) == "0x1.999999999999ap-4")
    #expect(Literal.hexadecimal(-0.0) == "-0.0")
    #expect(Literal.hexadecimal(.leastNonzeroMagnitude) == "0x1p-1074")
    var generator = SplitMix(state: 1)
    for _ in 0..<1000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(Double(Literal.hexadecimal(value)) == value)
    }
  }

  /// Decimals that the Swift compiler on x86 reads wrong; a decimal far from any middle; powers of two.
  @Test func doubleRounding() {
    for text in ["0.797882378058899", "0.928554545703209", "0.564058175579012", "1e-30"] {
      #expect(!Literal.survivesDoubleRounding(Double(text)!, .f64), "\(text)")
    }
    for text in ["0.5", "0.1", "0.35", "1e-05", "1e+22", "6755399441057790.0", "3.0"] {
      #expect(Literal.survivesDoubleRounding(Double(text)!, .f64), "\(text)")
    }
    #expect(!Literal.survivesDoubleRounding(0x1p-1074, .f64))
    #expect(Literal.survivesDoubleRounding(Double(Float(0.1)), .f32))
    #expect(!Literal.survivesDoubleRounding(0x1p-149, .f32))
  }

  #if arch(x86_64)
    /// Whatever is said to survive does, as the 80-bit type shows; and that is nearly everything.
    @Test func survivorsSurvive() {
      var generator = SplitMix(state: 7)
      var refused = 0
      for _ in 0..<20_000 {
        let value = Double(generator.next() >> 11) * 0x1p-53 * 8 - 4
        if Literal.survivesDoubleRounding(value, .f64) {
          #expect(Double(Float80(value.description)!) == value)
        } else {
          refused += 1
        }
      }
      #expect(refused < 400)
    }
  #endif
}

/// A small generator for tests: SplitMix64.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
