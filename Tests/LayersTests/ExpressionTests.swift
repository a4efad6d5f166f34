import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax
import Testing

/// Expressions as nodes.
struct ExpressionTests {
  /// Of `a` a number, `v` a list of 3, `u` a list of 2, `m` a 2x3 matrix.
  static let forms: [(source: String, shape: Shape, text: String)] = [
    ("a + 2*a", [], "add(a, mul(2, a))"),
    ("-a^2", [], "neg(square(a))"),
    ("-2", [], "-2"),
    ("a - -0.5", [], "sub(a, -0.5)"),
    ("a > 1", [], "lt(1, a)"),
    ("a >= 1", [], "le(1, a)"),
    ("a != 1", [], "ne(a, 1)"),
    ("v/a", [3], "div(v, a)"),
    ("m + v", [2, 3], "add(m, broadcast[2, 3][1](v))"),
    ("v[0] + m[1]", [3], "add(reshape[](slice[0][1](v)), reshape[3](slice[1, 0][1, 3](m)))"),
    ("m[-1, -3]", [], "reshape[](slice[1, 0][1, 1](m))"),
    ("m[0][1]", [], "reshape[](slice[1][1](reshape[3](slice[0, 0][1, 3](m))))"),
    ("[[u[0]], [u[1]]] * v", [2, 3], ""),
    ("v[1:]", [2], "slice[1][2](v)"),
    ("v[-2:3]", [2], "slice[1][2](v)"),
    ("v[:9]", [3], "v"),
    ("m[:, 0]", [2], "reshape[2](slice[0, 0][2, 1](m))"),
    ("m[:, ::-1]", [2, 3], "view[i, -j+2][2, 3](m)"),
    ("v[(1 + 1)*0:2]", [2], "slice[0][2](v)"),
    ("e*a", [], "mul(2.718281828459045, a)"),
    ("concat(u, v)", [5], "concat0(u, v)"),
    ("concat([u, v])", [5], "concat0(u, v)"),
    ("stack(u, u, axis=1)", [2, 2], ""),
    ("reshape(m, 3, -1)", [3, 2], "reshape[3, 2](m)"),
    ("permute(m, [1, 0])", [3, 2], "permute[1, 0](m)"),
    ("sum(m, axis=[0, 1])", [], "ij->(m)"),
    ("sum(m, axis=1, keepdim=yes)", [2, 1], "reshape[2, 1](ij->i(m))"),
    ("einsum(\"ij,kj->ik\", m, m)", [2, 2], "ij,kj->ik(m, m)"),
    ("diff(a^4, a, 2)", [], "diff(diff(pow(a, 4), a), a)"),
    ("m @ v", [2], "ij,j->i(m, v)"),
    ("u @ m", [3], "i,ij->j(u, m)"),
    ("v @ v", [], "i,i->(v, v)"),
    ("m @ transpose(m)", [2, 2], "ij,kj->ik(m, m)"),
    ("sum(m)", [], "ij->(m)"),
    ("sum(m, axis=0)", [3], "ij->j(m)"),
    ("sum(m, axis=-1)", [2], "ij->i(m)"),
    ("mean(m)", [], "div(ij->(m), 6)"),
    ("mean(m, axis=1)", [2], "div(ij->i(m), 3)"),
    ("max(m)", [], "maximum[0, 1](m)"),
    ("max(m, axis=0)", [3], "maximum[0](m)"),
    ("min(v)", [], "neg(maximum[0](neg(v)))"),
    ("max(v, a)", [3], "max(v, a)"),
    ("min(v, v)", [3], "min(v, v)"),
    ("dot(m, m)", [], "ij,ij->(m, m)"),
    ("norm(v)", [], "length(i,i->(v, v))"),
    ("where(v > 0, v, a)", [3], "select(lt(0, v), v, a)"),
    (
      "logsumexp(v)", [], "add(shift(maximum[0](v)), log(i->(exp(sub(v, shift(maximum[0](v)))))))"
    ),
    ("[1, -2, 3]", [3], "[1.0, -2.0, 3.0]"),
    ("[[1, 2], [3, 4]]", [2, 2], "[1.0, 2.0, 3.0, 4.0]"),
    ("[a, 2]", [2], "concat0(reshape[1](a), reshape[1](2))"),
    ("leaky_relu(v, slope=0.3)", [3], "leaky_relu(v, 0.3)"),
    ("leaky_relu(v)", [3], "leaky_relu(v, 0.01)"),
    ("pow(a, 3)", [], "pow(a, 3)"),
    ("mse(u, [1, 2])", [], "i->(square(sub([1.0, 2.0], u)))"),
    ("nll(u, t=u)", [], "neg(i->(weigh(u, u)))"),
    ("diff(v, m)", [3, 2, 3], "diff(v, m)"),
    ("diff(a^2, a)", [], "diff(square(a), a)"),
    ("diff(diff(a^3, a), a)", [], "diff(diff(pow(a, 3), a), a)"),
    ("diff(a, m[0, 1])", [], "diff(a, reshape[](slice[0, 1][1, 1](m)))"),
    ("hessian(sum(v), v)", [3, 3], "hessian(i->(v), v)"),
    ("jvp(u, v, v)", [2], "jvp(u, v, v)"),
    ("vjp(u, v, u)", [3], "vjp(u, v, u)"),
    ("hvp(a, v, v)", [3], "hvp(a, v, v)"),
  ]

  @Test(arguments: forms)
  func form(source: String, shape: Shape, text: String) throws {
    let (value, graph, diagnostics) = elaborated(source)
    #expect(diagnostics.map(\.message) == [])
    guard case .node(let node) = try #require(value) else { return }
    #expect(graph.shape(node) == shape)
    if !text.isEmpty { #expect(nodeText(node, graph) == text) }
  }

  private func elaborated(_ source: String) -> (ExpressionValue?, Graph, [Diagnostic]) {
    var scope = Scope()
    var graph = Graph()
    for (name, shape) in [("v", [3]), ("u", [2]), ("m", [2, 3])] {
      scope.setShape(shape, of: name)
    }
    let parsed = parseExpression(SourceFile(name: "expression", text: source))
    let result = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
    return (result.value, graph, parsed.diagnostics + result.diagnostics)
  }

  @Test func gradientByEveryVariable() throws {
    let (value, graph, _) = elaborated("grad(a*sum(v))")
    guard case .gradients(let parts) = try #require(value) else { return }
    #expect(parts.map(\.name) == ["a", "v"])
    #expect(parts.map { graph.shape($0.node) } == [[], [3]])
  }

  @Test func lossesAreOneExpression() throws {
    let short = try network("linear 2->2; loss mse/2")
    let long = try network("linear 2->2; loss mse(y, t)/2")
    #expect(nodeText(short.loss!, short.graph) == nodeText(long.loss!, long.graph))
  }

  @Test func letsDoNotDependOnTheirOrder() throws {
    let network = try network(
      """
      let f(v) = g(v)*half
      linear 1->1
      f
      let g(v) = v + one
      let half = one/2
      let one = 1
      loss penalty + mse
      let penalty = sum(linear1.weight^2)
      """)
    #expect(nodeText(network.output, network.graph) == "mul(add(net_y, 1), div(1, 2))")
  }

  /// A parameter of a function hides what else its name means.
  @Test func parametersHide() throws {
    let network = try network("let f(x, y) = x*y; linear 1->1; f y=3; loss f(t, y)[0]")
    #expect(nodeText(network.output, network.graph) == "mul(net_y, 3)")
    #expect(nodeText(network.loss!, network.graph).contains("mul(t, y)"))
  }
}
