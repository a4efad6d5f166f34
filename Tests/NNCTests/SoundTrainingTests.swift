import NNC
import Testing

/// Networks whose training was lost to a NaN that need not be: at a kink, at the end of a range, in a branch not taken.
@Suite struct SoundTrainingTests {
  /// A mean over steps that are not ignored is one over those of the whole batch, as PyTorch's
  /// `F.cross_entropy(y.reshape(-1, 4), t.reshape(-1), ignore_index=2)`; alone each sample has its own mean.
  @Test func ignoredSteps() throws {
    let text =
      "input 3 of 4; onehot; linear ->4 bias=no weight=[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]; "
      + "loss cross_entropy(ignore=2); train sgd lr=0.1"
    let model = try Compilation(SourceFile(name: "net.nn", text: text)).model()
    let (x, t): ([Double], [Double]) = ([0, 2, 3, 1, 1, 3], [1, 2, 0, 2, 2, 3])
    let alone = [1.7436683806286792, 0.7436683806286792]
    for sample in 0..<2 {
      let range = sample * 3..<sample * 3 + 3
      let loss = try model.loss(input: Array(x[range]), target: Array(t[range]))
      #expect(abs(loss - alone[sample]) < 1e-14)
    }
    let loss = try model.step(input: x, target: t)
    #expect(abs(loss - 1.4103350472953457) < 1e-14)
    // Where all is ignored nothing is learned, and nothing is NaN.
    let before = model.parameters
    #expect(try model.step(input: [0, 1, 2], target: [2, 2, 2]) == 0)
    #expect(model.parameters == before)
  }

  static let cases: [(source: String, input: [Double], target: [Double])] = [
    (
      "linear 2->2 weight=[[1,0],[0,1]] bias=[0,0]; softmax; loss bce; train sgd lr=0.1", [37, 0],
      [1, 0]
    ),
    (
      "linear 2->2 weight=[[1,0],[0,1]] bias=[0,0]; softmax; loss bce; train sgd lr=0.1", [17, 0],
      [0, 1]
    ),
    (
      "linear 2->1 init=zeros; loss mse + 0.01*norm(linear1.weight); train sgd lr=0.1", [1, 2], [1]
    ),
    (
      "linear 1->1 weight=[[1]] bias=[0]; elu; loss mse + 0.1*sum(diff(sum(y), x)^2); train sgd lr=1e-6",
      [100], [1]
    ),
    (
      "linear 1->1 weight=[[1]] bias=[0]; selu; loss mse + 0.1*sum(diff(sum(y), x)^2); train sgd lr=1e-9",
      [800], [1]
    ),
  ]

  @Test(arguments: cases.indices, [Precision.f64, .f32])
  func threeStepsLeaveNumbers(_ index: Int, _ precision: Precision) throws {
    let (source, input, target) = Self.cases[index]
    for unrollLimit in [1, CompilerOptions().unrollLimit] {
      let options = CompilerOptions(precision: precision, unrollLimit: unrollLimit)
      let model = try compiled(source).model(options)
      let start = model.parameters
      for _ in 0..<3 {
        let loss = try model.step(input: input, target: target)
        #expect(loss.isFinite)
      }
      #expect(model.parameters.allSatisfy { $0.isFinite }, "\(source): \(model.parameters)")
      #expect(model.parameters != start, "\(source) learns nothing")
    }
  }

  /// Whether a formula is written out for its elements or runs in loops, it has the same bits.
  @Test(arguments: [Precision.f64, .f32])
  func infiniteLogitsDoNotDependOnUnrolling(_ precision: Precision) throws {
    let infinity = Double.infinity
    let points: [([Double], Double)] = [
      ([-infinity, -infinity, 1.5], 1.5), ([-infinity, -infinity, -infinity], -infinity),
      ([infinity, 0, 1], infinity), ([2, 2, -infinity], 2.693147180559945),
    ]
    for text in ["logsumexp(x)", "log(sum(exp(x)))"] {
      let source = "input 3\nlet f(x) = \(text)\nf\n"
      let models = try [1, CompilerOptions().unrollLimit].map {
        try compiled(source).model(CompilerOptions(precision: precision, unrollLimit: $0))
      }
      for (point, wanted) in points {
        let values = try models.map { try $0.predict(point)[0] }
        #expect(values[0] == values[1], "\(text) at \(point)")
        #expect(abs(values[0] - wanted) <= 1e-6 || values[0] == wanted, "\(text) at \(point)")
      }
    }
  }
}
