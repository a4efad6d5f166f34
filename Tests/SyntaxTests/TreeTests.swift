import NNCDiagnostics
import NNCSyntax
import Testing

/// What the parser makes of sources.
struct TreeTests {
  @Test(arguments: [
    ("-x^2", "(- (^ x 2))"), ("2^-x", "(^ 2 (- x))"), ("2^3^4", "(^ 2 (^ 3 4))"),
    ("-a*b", "(* (- a) b)"), ("a - b - c", "(- (- a b) c)"), ("a/b*c", "(* (/ a b) c)"),
    ("a*b^c@d", "(@ (* a (^ b c)) d)"), ("a + b*c < d", "(< (+ a (* b c)) d)"),
    ("a == b", "(== a b)"), ("(a + b)*c", "(* (+ a b) c)"), ("--a", "(- (- a))"),
    ("w[0, 1][2]", "(at (at w 0 1) 2)"), ("-w[0]^2", "(- (^ (at w 0) 2))"),
    ("f(a, g(b), k=c, j=[1, 2,],)", "(f a (g b) (k c) (j (list 1 2)))"),
    ("linear1.weight @ x", "(@ linear1.weight x)"), ("(w)[0]", "(at w 0)"),
    ("f(k=g(j=1), i=[])", "(f (k (g (j 1))) (i (list)))"), ("[]", "(list)"), ("f()", "(f)"),
    ("[[1, 2],\n [3, 4]] # c", "(list (list 1 2) (list 3 4))"), ("2^-x*y", "(* (^ 2 (- x)) y)"),
    ("5.*.5 + 5.e2 - 1e-3", "(- (+ (* 5 0.5) 500) 0.001)"), ("\"a # b\"", "\"a # b\""),
    ("where(a >= 0, a, -a)", "(where (>= a 0) a (- a))"), ("f (x)", "(f x)"),
  ])
  func expressions(text: String, printed: String) {
    let parsed = parseExpression(source(text))
    #expect(parsed.diagnostics == [])
    #expect(parsed.tree.description(of: parsed.root) == printed)
    #expect(violation(parsed.tree) == nil)
  }

  @Test(arguments: [
    ("linear 2->3", "(layer linear (-> 2 3))"), ("linear ->3", "(layer linear (-> 3))"),
    ("linear 3", "(layer linear 3)"), ("h1: linear n->m", "(layer h1: linear (-> n m))"),
    ("dropout -0.2", "(layer dropout (- 0.2))"),
    ("linear -2->-3", "(layer linear (-> (- 2) (- 3)))"),
    ("conv 1->8 kernel=3x5 pad=1", "(layer conv (-> 1 8) (kernel 3x5) (pad 1))"),
    ("weights \"a.safetensors\"", "(weights \"a.safetensors\")"),
    ("input 1x28x28", "(input 1x28x28)"), ("input a 3", "(input a 3)"),
    ("input a n # b", "(input a n)"), ("input n", "(input n)"), ("from a", "(from a)"),
    ("output a b; tanh", "(output a b)\n(layer tanh)"), ("output: tanh", "(layer output: tanh)"),
    ("linear 0x10->2", "(layer linear 0x10)"),
    ("train sgd lr=1e-1", "(train sgd (lr 0.1))"), ("let f(a, b) = a", "(let (f a b) a)"),
    (
      "repeat 2 { tanh; residual { relu } }\nelu",
      "(repeat 2 {3})\n  (layer tanh)\n  (residual {1})\n    (layer relu)\n(layer elu)"
    ),
    ("residual {}", "(residual {0})"), ("seed -1", "(seed (- 1))"),
    ("loss\t-sum(t*log(y))", "(loss (- (sum (* t (log y)))))"),
  ])
  func statements(text: String, printed: String) {
    let expected = text.hasPrefix("linear 0x10") ? "N0134\n(invalid)" : printed
    #expect(parsed(text) == expected + "\n")
  }

  /// Spans, as the text that they cover.
  @Test func spans() throws {
    let (tree, diagnostics) = parse(source("h: linear 2->3  bias=((1 + 2))*x[0]  # c\nloss ( y )"))
    #expect(diagnostics == [])
    let texts = tree.expressions.map { tree.source.text(of: $0.span) }
    #expect(texts == ["2", "3", "1", "2", "1 + 2", "x", "0", "x[0]", "((1 + 2))*x[0]", "y"])
    #expect(
      tree.statements.map { tree.source.text(of: $0.span) } == [
        "h: linear 2->3  bias=((1 + 2))*x[0]", "loss ( y )",
      ])
  }

  @Test func wholeNumbersAreExact() {
    for (text, value) in [("18446744073709551615", UInt64.max), ("9007199254740993", 1 << 53 + 1)] {
      let parsed = parseExpression(source("(\(text))"))
      #expect(parsed.tree.integer(parsed.root) == value)
    }
    for text in ["18446744073709551616", "1.0", "1e3", "x", "-1"] {
      let parsed = parseExpression(source(text))
      #expect(parsed.tree.integer(parsed.root) == nil)
    }
  }

  /// One statement's mistake leaves the others whole.
  @Test func recovery() {
    #expect(
      parsed("linear 2->2 weight=[[1, 2\nsigmoid\nloss (a b)\nh: 3\ntrain sgd lr=0.1") == """
        N0110
        N0113
        N0137
        (layer linear (-> 2 2) (weight invalid))
        (layer sigmoid)
        (loss (* a b))
        (invalid)
        (train sgd (lr 0.1))

        """)
  }
}
