import NNCAlgebra
import NNCProgram

/// The generator of noise: Threefry-2x32 at f32 and Threefry-2x64 at f64, of 20 rounds, in the Program's own operations.
///
/// A block of two words (x₀, x₁) under a key of two (k₀, k₁), with k₂ = k₀ ⊕ k₁ ⊕ parity, begins as the counter plus the
/// key. Each round is
///
///     x₀ ← x₀ + x₁     x₁ ← rotate(x₁) ⊕ x₀
///
/// and after every fourth, the s-th time, x₀ ← x₀ + kₛ and x₁ ← x₁ + kₛ₊₁ + s, indices modulo 3. The number is made of
/// the high bits of x₀. The key is the network's seed and the leaf's number; the counter is the step, and the sample's
/// and the element's place. So a number depends on its place alone, not on what was drawn before it.
///
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
enum Threefry {
  /// By precision: how far each round rotates, and what k₂ begins with.
  static func rotations(_ precision: Precision) -> [UInt64] {
    precision == .f64 ? [16, 42, 12, 31, 16, 32, 24, 21] : [13, 15, 26, 6, 17, 29, 16, 24]
  }

  static func parity(_ precision: Precision) -> UInt64 {
    precision == .f64 ? 0x1bd1_1bda_a9fc_1a22 : 0x1bd1_1bda
  }

  static let rounds = 20
}

extension KernelWriter {
  private var wordBits: UInt64 { UInt64(precision.bytes) * 8 }

  /// The first word of the block of a counter under a key.
  mutating func threefry(key: (ValueID, ValueID), counter: (ValueID, ValueID)) -> ValueID {
    let parity = bits(Threefry.parity(precision))
    let mixed = primitive(.bitXor, [primitive(.bitXor, [parity, key.0]), key.1])
    let keys = [key.0, key.1, mixed]
    let rotations = Threefry.rotations(precision)
    var first = primitive(.bitAdd, [counter.0, key.0])
    var second = primitive(.bitAdd, [counter.1, key.1])
    for round in 0..<Threefry.rounds {
      first = primitive(.bitAdd, [first, second])
      let turned = rotated(second, by: rotations[round % 8])
      second = primitive(.bitXor, [turned, first])
      if round % 4 == 3 {
        let turn = round / 4 + 1
        let number = bits(UInt64(turn))
        let shifted = primitive(.bitAdd, [keys[(turn + 1) % 3], number])
        first = primitive(.bitAdd, [first, keys[turn % 3]])
        second = primitive(.bitAdd, [second, shifted])
      }
    }
    return first
  }

  private mutating func rotated(_ word: ValueID, by count: UInt64) -> ValueID {
    let (up, down) = (bits(count), bits(wordBits - count))
    let high = primitive(.shiftLeft, [word, up])
    let low = primitive(.shiftRight, [word, down])
    return primitive(.bitOr, [high, low])
  }

  /// The number on [0, 1) of a word's high bits: as the fraction of a number on [1, 2), less 1.
  mutating func uniform(_ word: ValueID) -> ValueID {
    let one = bits(precision == .f64 ? 0x3ff0_0000_0000_0000 : 0x3f80_0000)
    let shift = bits(precision == .f64 ? 12 : 9)
    let fraction = primitive(.shiftRight, [word, shift])
    let number = primitive(.toReal, [primitive(.bitOr, [fraction, one])])
    return primitive(.sub, [number, real(1)])
  }

  /// The integer that a number is, as a word, once `integerOffset` was added to the number: for numbers from 0 to 2⁵² at
  /// f64 and to 2²³ at f32, whose last places then are the word's.
  mutating func word(ofRaised number: ValueID) -> ValueID {
    let raised = bits(precision == .f64 ? 0x4330_0000_0000_0000 : 0x4b00_0000)
    return primitive(.bitSub, [primitive(.toBits, [number]), raised])
  }

  /// See ``word(ofRaised:)``.
  var integerOffset: Double { precision == .f64 ? 0x1p52 : 0x1p23 }

  /// The integer that a number is, as a word.
  mutating func word(of number: ValueID) -> ValueID {
    let offset = real(integerOffset)
    return word(ofRaised: primitive(.add, [number, offset]))
  }

  /// The integer that an accumulator is in this turn of the loop, as a word.
  mutating func word(ofCounter accumulator: ValueID) -> ValueID {
    let offset = real(integerOffset)
    return word(ofRaised: here(.add, [accumulator, offset]))
  }
}
