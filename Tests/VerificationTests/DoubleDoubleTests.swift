import NNCAlgebra
import Testing

@testable import NNCVerification

/// Numbers of 106 bits against digits from tables, laws of the functions, and the table of operations.
@Suite struct DoubleDoubleTests {
  private func isClose(
    _ a: DoubleDouble, _ b: DoubleDouble, _ what: String = "", within bound: Double = 1e-29
  ) {
    let error = (a - b).magnitude.high
    #expect(error <= bound * Swift.max(1e-3, b.magnitude.high), "\(what) \(a) \(b)")
  }

  /// The second halves are the constants' further digits.
  @Test func constants() {
    isClose(DoubleDouble(1).exponential, DoubleDouble(0x1.5bf0a8b145769p1, 0x1.4d57ee2b1013ap-53))
    isClose(DoubleDouble(2).squareRoot, DoubleDouble(0x1.6a09e667f3bcdp0, -0x1.bdd3413b26456p-54))
    isClose(DoubleDouble(10).logarithm, DoubleDouble(0x1.26bb1bbb55516p1, -0x1.f48ad494ea3e9p-53))
    // erf 1 = 0.84270079294971486934122063508260925929606699796630…
    isClose(
      DoubleDouble(1).errorFunction,
      DoubleDouble(8427007929497148) / DoubleDouble(1e16)
        + DoubleDouble(6934122063508261) / DoubleDouble(1e32), within: 1e-28)
  }

  @Test func laws() {
    for k in -40...40 {
      let x = DoubleDouble(Double(k)) / DoubleDouble(7)
      let (s, c) = (x.sine, x.cosine)
      isClose(s * s + c * c, DoubleDouble(1), "sin² + cos²")
      isClose((x + x).sine, (s * c).scaled(by: 2), "sin 2x")
      isClose(x.exponential.logarithm, x, "ln eˣ")
      isClose(x.exponential * (-x).exponential, DoubleDouble(1), "eˣ e⁻ˣ")
      isClose(x.exponentialMinusOne.logarithmOfOnePlus, x, "log1p expm1", within: 1e-27)
      isClose(x.magnitude.squareRoot * x.magnitude.squareRoot, x.magnitude, "√")
      let t = x.hyperbolicTangent
      isClose((x + x).hyperbolicTangent, (t + t) / (DoubleDouble(1) + t * t), "tanh 2x")
      isClose(-(-x).errorFunction, x.errorFunction, "erf is odd")
      if k > 0 { isClose(x.raised(to: DoubleDouble(0.5)), x.squareRoot, "x^½") }
      isClose(x.raised(to: DoubleDouble(3)), x * x * x, "x³")
    }
  }

  /// The derivative of erf is 2/√π e^(−x²): a difference over 2⁻³⁰ says so to the square of that.
  @Test func slopeOfTheErrorFunction() {
    let h = DoubleDouble(0x1p-30)
    for k in -30...30 {
      let x = DoubleDouble(Double(k) / 8)
      let slope = ((x + h).errorFunction - (x - h).errorFunction) / (h + h)
      let expected = 1.1283791670955126 * (-(x * x)).exponential.high
      #expect((slope.high - expected).magnitude <= 1e-13 * expected)
    }
  }

  /// Every row of the table: the definition in 106 bits against the row's own arithmetic in 53.
  @Test func everyOperation() {
    for operation in Operation.all {
      let function = DoubleDouble.function(of: operation)
      let plain = Double.function(of: operation)
      for k in 1...60 {
        var arguments = operation.row.arguments.indices.map {
          Double(k * (3 * $0 + 5) % 31 - 12) / 8
        }
        // What a function is given beside its argument is that argument's tanh, or what that lacks of 1.
        for (place, argument) in operation.row.arguments.enumerated() {
          let tanh = DoubleDouble(arguments[0]).hyperbolicTangent.high
          if argument.name == "tanh" { arguments[place] = tanh }
          if argument.name == "rest" { arguments[place] = 1 - tanh.magnitude }
        }
        let (exact, rounded) = (function(arguments.map { DoubleDouble($0) }).high, plain(arguments))
        // At the ends of a function 106 bits have no infinity.
        let isSame = exact == rounded || !exact.isFinite && !rounded.isFinite
        #expect(
          isSame || (exact - rounded).magnitude <= 1e-14 * Swift.max(1e-2, exact.magnitude),
          "\(operation.name)\(arguments): \(exact) \(rounded)")
      }
    }
  }
}
