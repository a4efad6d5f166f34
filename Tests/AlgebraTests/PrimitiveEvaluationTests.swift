import Testing

@testable import NNCAlgebra

/// The reference semantics of machine operations.
@Suite struct PrimitiveEvaluationTests {
  func real(_ primitive: Primitive, _ operands: Double..., precision: Precision = .f64) -> Double {
    precision.number(primitive.apply(operands.map(precision.word), precision: precision))
  }

  @Test func arithmeticRoundsToThePrecision() {
    #expect(real(.add, 0.1, 0.2) == 0.1 + 0.2)
    #expect(real(.add, 0.1, 0.2, precision: .f32) == Double(Float(0.1) + Float(0.2)))
    #expect(real(.div, 1, 3, precision: .f32) == Double(Float(1) / 3))
    #expect(real(.sqrt, 2) == 2.0.squareRoot())
    #expect(real(.fma, 0x1p-30 + 1, 1 - 0x1p-30, -1) == -0x1p-60)
    #expect(real(.neg, 0).sign == .minus)
  }

  @Test func comparisonsWithNaNFail() {
    for primitive in [Primitive.lt, .le, .eq] {
      #expect(primitive.apply([Double.nan.bitPattern, 0], precision: .f64) == 0)
    }
    #expect(Primitive.ne.apply([Double.nan.bitPattern, 0], precision: .f64) == 1)
    #expect(Primitive.eq.apply([(-0.0).bitPattern, 0], precision: .f64) == 1)
  }

  @Test func integersWrapAtTheWidth() {
    #expect(Primitive.bitSub.apply([0, 1], precision: .f64) == .max)
    #expect(Primitive.bitSub.apply([0, 1], precision: .f32) == 0xFFFF_FFFF)
    #expect(Primitive.shiftLeft.apply([0x3FF, 23], precision: .f32) == 0xFF80_0000)
    #expect(Primitive.shiftRight.apply([.max, 63], precision: .f64) == 1)
  }

  @Test func evaluatorFollowsRowsAndConvertsTruths() {
    let x: Formula = "x"
    #expect((x * x + 1).evaluate(["x": 3], precision: .f64) == 10)
    #expect(Formula.apply("leaky_relu", x).evaluate(["x": -2], precision: .f64) == -0.02)
    #expect((2 * (x < 3)).evaluate(["x": 1], precision: .f64) == 2)
    #expect(Formula.apply("max", x, 4).evaluate(["x": 5], precision: .f64) == 5)
  }
}
