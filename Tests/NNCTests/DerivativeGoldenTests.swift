import Testing

@testable import NNC

/// Derivatives as people write them, each equal to SymPy's; see `Tests/Golden/README.md`.
@Suite struct DerivativeGoldenTests {
  static let entries = Json(file: "Tests/Golden/derivatives.json")["entries"]!.list

  @Test(arguments: entries.indices) func derivative(_ index: Int) throws {
    let golden = Self.entries[index]
    var workbench = Workbench()
    let formula = try workbench.formula(of: "diff(\(golden["expression"]!.text), x)")
    #expect(formula == golden["derivative"]!.text, "d/dx \(golden["expression"]!.text)")
  }
}

@Suite struct ReadableAlgebraTests {
  @Test(arguments: [
    ("x*y - y*x", "0"), ("x + 2*x", "3 * x"), ("3*x - x - 2*x", "0"), ("(x+1)-x", "1"),
    ("x^2*x/x", "x^2"), ("x/(x*y)", "1 / y"), ("x*y/x", "y"), ("(x*y)^2/x", "x * y^2"),
    ("x/sqrt(x)", "sqrt(x)"), ("exp(x)*exp(-x)", "1"), ("sin(x)^2 + cos(x)^2", "1"),
    ("1 - sin(x)^2", "cos(x)^2"), ("-x*y - z*(-w)", "w * z - x * y"), ("2*x*3*y", "6 * x * y"),
    ("x^2*x", "x^3"), ("1 + 2*x + x^2", "x^2 + 2 * x + 1"), ("-1 + log(x)", "log(x) - 1"),
    ("0.5/sqrt(x)", "1 / (2 * sqrt(x))"), ("1/x^2 - log(x)/x^2", "(1 - log(x)) / x^2"),
    // Numbers are added only where nothing is rounded.
    ("0.1*x + 0.2*x", "0.1 * x + 0.2 * x"), ("x - 1e-20*x", "x - 1e-20 * x"),
    // Numbers that are not joined keep their order, without which their product may leave the range of numbers.
    ("1e25*(1e20*x)", "1e+25 * (1e+20 * x)"), ("1e200*(x*1e200)*y", "1e+200 * (1e+200 * x * y)"),
    ("x/(1e25*(1e20*y))", "x / (1e+25 * (1e+20 * y))"),
    ("y - 1e25*(1e20*x)", "y - 1e+25 * (1e+20 * x)"),
    ("-1e25*(1e20*x)*y", "-1e+25 * (1e+20 * x * y)"),
    // What is no number cancels nothing, and what is held fixed is not what it was.
    ("x - detach(x)", "x - detach(x)"),
    ("sqrt(x^2)/x", "abs(x) / x"),
  ])
  func reads(_ expression: String, _ form: String) throws {
    var workbench = Workbench()
    #expect(try workbench.formula(of: expression) == form)
  }

  @Test func whatIsNoNumberCancelsNothing() throws {
    var workbench = Workbench()
    #expect(try workbench.formula(of: "sqrt(-1)*x - sqrt(-1)*x") != "0")
    #expect(try workbench.formula(of: "1/0 - 1/0") != "0")
  }

  @Test func everyStepIsNamed() throws {
    var workbench = Workbench()
    let steps = try workbench.derivation(of: "(x*y - y*x) + z^2*z/z + 1 + 2*z")
    let names = Set(steps.steps.map(\.rule))
    #expect(names.isSuperset(of: ["collect like terms", "cancel common factors", "usual order"]))
    #expect(steps.end == "z^2 + 2 * z + 1")
  }

  @Test func cancellingHelpsNumbers() throws {
    var workbench = Workbench()
    _ = try workbench.enter("x = 1e30; z = 0")
    #expect(try workbench.number("(x + 1) - x") == 1)
    #expect(try workbench.number("z^2/z") == 0)
  }
}
