import NNC
import Testing

/// Networks whose training was lost to a NaN that need not be: at a kink, at the end of a range, in a branch not taken.
@Suite struct SoundTrainingTests {
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
