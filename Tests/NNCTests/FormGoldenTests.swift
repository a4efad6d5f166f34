import Testing

@testable import NNC

/// What `expand`, `factor`, `taylor`, `substitute` and repeated derivatives are printed as, each equal to SymPy's; see
/// `Tests/Golden/forms.py`.
@Test func formsReadAsInATextbook() throws {
  for golden in Json(file: "Tests/Golden/forms.json")["entries"]!.list {
    var workbench = Workbench()
    let expression = golden["expression"]!.text
    #expect(try workbench.formula(of: expression) == golden["form"]!.text, "\(expression)")
  }
}

/// What the variables are given before or after makes no difference, and forms are expressions like any other.
@Test func formsHaveValues() throws {
  for (expression, value) in [
    ("expand((x + 1)^3)", 27.0), ("factor(x^2 - 1)", 3), ("taylor(x^3, x, 1, 3)", 8),
    ("substitute(x^2, x, 5)", 25), ("diff(x^4, x, 2)", 48), ("diff(factor(x^3 - x), x)", 11),
    ("sum(expand(v*(v + x)))", 26), ("substitute(sum(v^2), v[1], 7)", 59),
    ("sum(substitute(diff(v^3, v[0]), v, v + 1))", 12), ("e^0*pi - pi", 0),
  ] {
    var workbench = Workbench()
    _ = try workbench.enter("x = 2; v = [1, 2, 3]")
    #expect(try workbench.number(expression) == value, "\(expression)")
  }
}

@Test func aVariableMayBeCalledAsAConstantIs() throws {
  var workbench = Workbench()
  #expect(try workbench.number("e") == 2.718281828459045)
  _ = try workbench.enter("e = 3")
  #expect(try workbench.number("e*2") == 6)
  #expect(try workbench.formula(of: "diff(a*e^2, e)") == "2 * a * e")
}
