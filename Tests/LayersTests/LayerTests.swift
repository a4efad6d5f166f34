import NNCAlgebra
import NNCGraph
import NNCLayers
import Testing

/// Every kind of layer as mathematics.
struct LayerTests {
  static let forms: [(source: String, output: String)] = [
    ("input 3; linear 2", "add(ij,j->i(linear1.weight, x), linear1.bias)"),
    ("input 3; linear 2 bias=no", "ij,j->i(linear1.weight, x)"),
    (
      "input 4x3; linear 2",
      "add(ij,kj->ki(linear1.weight, x), broadcast[4, 2][1](linear1.bias))"
    ),
    ("input 2x3; flatten", "reshape[6](x)"),
    ("input 3; a: tanh; sin; add a", "add(sin(a), a)"),
    ("input 3; a: tanh; sin; concat a", "concat0(sin(a), a)"),
    ("input 2x3; a: tanh; sin; concat a axis=0", "concat0(sin(a), a)"),
    ("input 3; a: tanh; sin; mul a", "mul(sin(a), a)"),
    ("input 2x3x4; permute 2,0,1", "permute[2, 0, 1](x)"),
    ("input 2x3x4; transpose", "permute[0, 2, 1](x)"),
    ("input 2x5; slice 1,3", "slice[0, 1][2, 2](x)"),
    ("input 5x2; last", "reshape[2](slice[4, 0][1, 2](x))"),
    ("input 2x3; pad 1,2", "pad[0, 1][1, 1][2, 6](x)"),
    (
      "input 3; rmsnorm eps=0.5",
      "mul(mul(x, div(1, sqrt(add(div(i->(square(x)), 3), 0.5)))), rmsnorm1.weight)"
    ),
    ("input 2x3; a: tanh; sin; concat a", "concat1(sin(a), a)"),
    ("input 3; tanh; add x", "add(tanh(x), x)"),
    ("input 3; dropout 0.5", "x"),
    ("input 3; residual { sin }", "add(sin(x), x)"),
    (
      "input 5x3; rnn 2 bias=no",
      "rows(tanh(add(row(ij,kj->ki(rnn1.weight_ih_l0, x)), ij,j->i(rnn1.weight_hh_l0, rnn1.h_l0))), "
        + "recurrence0(broadcast[2][](0), tanh(add(row(ij,kj->ki(rnn1.weight_ih_l0, x)), ij,j->i(rnn1.weight_hh_l0, "
        + "rnn1.h_l0)))))"
    ),
    (
      "input 5x3; scan h=3 { = x + h }",
      "rows(add(row(x), h), recurrence0(broadcast[3][](0), add(row(x), h)))"
    ),
    ("input 3; leaky_relu slope=0.2", "leaky_relu(x, 0.2)"),
    ("input 3; leaky_relu slope=x", "leaky_relu(x, x)"),
    ("input 3; hardtanh max=2", "hardtanh(x, -1, 2)"),
    ("let f(v, a) = v/a; input 3; f a=2", "div(x, 2)"),
    ("let f(v) = sum(v); input 3; f", "reshape[1](i->(x))"),
    (
      "input 3; softmax",
      "div(exp(sub(x, detach(maximum[0](x)))), i->(exp(sub(x, detach(maximum[0](x))))))"
    ),
    (
      "input 3; logsoftmax",
      "sub(sub(x, detach(maximum[0](x))), log(i->(exp(sub(x, detach(maximum[0](x)))))))"
    ),
    (
      "input 2x3; logsoftmax",
      "sub(sub(x, broadcast[2, 3][0](detach(maximum[1](x)))), broadcast[2, 3][0](log(ij->i(exp(sub(x, "
        + "broadcast[2, 3][0](detach(maximum[1](x)))))))))"
    ),
    (
      "input 3; batchnorm eps=0.5 affine=no",
      "mul(sub(x, batchnorm1.running_mean), div(1, sqrt(add(batchnorm1.running_var, 0.5))))"
    ),
    (
      "input 3; layernorm eps=0.5 bias=no",
      "mul(mul(sub(x, div(i->(x), 3)), div(1, sqrt(add(div(i->(square(sub(x, div(i->(x), 3)))), 3), "
        + "0.5)))), layernorm1.weight)"
    ),
    (
      "input 1x4; conv 1->2 kernel=3 bias=no",
      "ij,kj->ik(reshape[2, 3](conv1.weight), view[i+j][2, 3](reshape[4](x)))"
    ),
    (
      "input 2x4; depthwise kernel=3 bias=no",
      "ij,ikj->ik(reshape[2, 3](depthwise1.weight), view[i, j+k][2, 2, 3](x))"
    ),
    (
      "input 1x3; deconv 1->1 kernel=2 bias=no",
      "reshape[1, 4](i,ji->j(reshape[2](deconv1.weight), view[i-j+1][4, 2](pad[1][1][5](reshape[3](x)))))"
    ),
    (
      "input 1x4; maxpool 2",
      "reshape[1, 2](first_max(view[i, 2j+k][1, 2, 1](x), view[i, 2j+k+1][1, 2, 1](x)))"
    ),
    ("input 1x4; avgpool 2", "div(ijk->ij(view[i, 2j+k][1, 2, 2](x)), 2)"),
    ("input 2x3; globalavgpool", "div(ij->i(x), 3)"),
    (
      "input 2x2; globalmaxpool",
      "reshape[2](first_max(slice[0, 0][2, 1](x), slice[0, 1][2, 1](x)))"
    ),
    (
      "input 1x4; adaptive_avgpool 3",
      "ij,kj->ki([0.5, 0.5, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.0, 0.5, 0.5], x)"
    ),
    ("input 1x4; adaptive_avgpool 2", "div(ijk->ij(view[i, 2j+k][1, 2, 2](x)), 2)"),
    ("input 1x2; upsample 2", "reshape[1, 4](broadcast[1, 2, 2][0, 1](x))"),
    ("input 2x2; dropout2d 0.5", "x"),
    (
      "input 2x2; groupnorm 1 weight=no bias=no",
      "reshape[2, 2](mul(sub(reshape[1, 4](x), broadcast[1, 4][0](div(ij->i(reshape[1, 4](x)), 4))), "
        + "broadcast[1, 4][0](div(1, sqrt(add(div(ij->i(square(sub(reshape[1, 4](x), "
        + "broadcast[1, 4][0](div(ij->i(reshape[1, 4](x)), 4))))), 4), 1e-05))))))"
    ),
    (
      "input 2x2; instancenorm weight=no bias=no",
      "mul(sub(x, broadcast[2, 2][0](div(ij->i(x), 2))), broadcast[2, 2][0](div(1, "
        + "sqrt(add(div(ij->i(square(sub(x, broadcast[2, 2][0](div(ij->i(x), 2))))), 2), 1e-05)))))"
    ),
    ("input 2x3; reshape 3x2", "reshape[3, 2](x)"),
    ("input 3; = sin(x) + 2*x", "add(sin(x), mul(2, x))"),
    ("input 3; a: tanh; = a*x; = x - a", "sub(mul(a, a), a)"),
    (
      "input 2; define f(n, s) { linear n bias=no; leaky_relu slope=s }; a: f(3, 0.5); f(1, 2)",
      "leaky_relu(net_y, 2)"
    ),
    ("input 2; param k 3x2; = k@x", "ij,j->i(k, x)"),
    ("input 3 of 5; embedding 5->2", "ij,jk->ik(onehot5(x), embedding1.weight)"),
    ("input 3 of 5; onehot", "onehot5(x)"),
    ("input 3x2; positions", "add(x, positions1.weight)"),
    ("input 3; celu alpha=2", "select(le(x, 0), mul(2, expm1(div(x, 2))), x)"),
    ("input 3; softplus", "softplus(x)"),
    ("input 3; softplus beta=2", "div(softplus(mul(2, x)), 2)"),
    (
      "input 3; softshrink",
      "select(lt(0.5, x), sub(x, 0.5), select(lt(x, neg(0.5)), add(x, 0.5), mul(0, x)))"
    ),
    ("input 3; hardshrink", "select(and(le(neg(0.5), x), le(x, 0.5)), 0, x)"),
    ("input 3; tanhshrink", "sub(x, tanh(x))"),
    ("input 3; threshold threshold=1 value=x", "select(le(x, 1), x, x)"),
    ("input 3; prelu", "select(lt(0, x), x, mul(reshape[](prelu1.weight), x))"),
    ("input 3; rrelu lower=0.5 upper=0.25", "select(lt(0, x), x, mul(0.375, x))"),
    ("input 3; gelu approximate=tanh", "gelu_tanh(x)"),
    ("input 4; glu", "mul(slice[0][2](x), sigmoid(slice[2][2](x)))"),
    ("input 4x3; swiglu axis=0", "mul(slice[0, 0][2, 3](x), silu(slice[2, 0][2, 3](x)))"),
    (
      "input 3; softmin",
      "div(exp(sub(neg(x), detach(maximum[0](neg(x))))), i->(exp(sub(neg(x), detach(maximum[0](neg(x)))))))"
    ),
    ("input 3; normalize eps=2", "div(x, max(length(i->(square(x))), 2))"),
    (
      "input 3; residual via linear 2 bias=no { linear 2 bias=no; tanh }",
      "add(tanh(net_y), h)"
    ),
  ]

  @Test(arguments: forms)
  func form(source: String, output: String) throws {
    let network = try network(source)
    #expect(nodeText(network.output, network.graph) == output)
  }

  /// Every scalar function of one argument is a layer with its further arguments as keys.
  @Test func scalarFunctions() throws {
    var names: Set<String> = []
    for operation in NNCAlgebra.Operation.all where operation.row.isPublic {
      let row = operation.row
      guard row.arguments.filter({ $0.standard == nil }).count == 1 else {
        #expect(LayerRow(row.name) == nil)
        continue
      }
      let network = try network("input 3; \(row.name)")
      guard case .map(operation) = network.graph[network.output].kind else {
        Issue.record("\(row.name) is not a layer of itself")
        continue
      }
      let keys = try #require(LayerRow(row.name)).keys
      #expect(keys.starts(with: row.arguments.dropFirst().map(\.name)))
      if keys.count == row.arguments.count - 1 { names.insert(row.name) }
    }
    // Every other row has a form above.
    let special = layers.map(\.name).filter { !names.contains($0) }
    // A page long, and compared with PyTorch's.
    let shownElsewhere = ["attention", "lstm", "gru"]
    for name in special where !shownElsewhere.contains(name) {
      let isShown = Self.forms.contains { form in
        form.source.split(whereSeparator: { "; {".contains($0) }).contains { $0 == name }
      }
      #expect(isShown, "`\(name)` has no form among LayerTests.forms")
    }
    #expect(layers.count == names.count + special.count)
  }
}
