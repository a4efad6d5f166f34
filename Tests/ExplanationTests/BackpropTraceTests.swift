import Foundation
import NNC
import Testing

@testable import NNCExplanation

/// Receipts for the verifier `backprop-trace`, held to its rules: what it works out again is worked out here.
@Suite struct BackpropTraceTests {
  private typealias Object = [String: Any]

  private func model(_ source: String) throws -> Model {
    let compilation = Compilation(SourceFile(name: "net.nn", bytes: Array(source.utf8)))
    return try Model(try compilation.build())
  }

  private func records(
    _ source: String, _ input: [Double], _ target: [Double], steps: Int = 1
  ) throws -> [Object] {
    let text = try model(source).backpropTrace(
      input: input, target: target, steps: steps, name: String(repeating: "0", count: 32))
    return try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? Object)
    }
  }

  private func agree(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 1e-12 + 1e-9 * max(a.magnitude, b.magnitude)
  }

  /// The product of a list of factors; each that says where it comes from has the value that stands there.
  private func product(_ factors: [Object], in record: Object) -> Double {
    factors.reduce(1) { product, factor in
      let value = factor["value"] as! Double
      if let path = factor["from"] as? String {
        let place = path.split(separator: ".").reduce(record as Any) {
          ($0 as! Object)[String($1)]!
        }
        #expect(place as! Double == value, "\(path)")
      }
      return product * value
    }
  }

  /// The rules that hold for every receipt: signals, gradients, updates, and the parameters after them.
  private func check(_ record: Object) throws {
    let backward = record["backward"] as! [String: [String: Object]]
    for (name, signal) in backward["output_error_signals"]! {
      let value = signal["signal_value"] as! Double
      #expect(agree(product(signal["factors"] as! [Object], in: record), value), "\(name)")
      guard let dual = signal["dual_form"] as? Object else { continue }
      let terms = dual["jacobian_terms"] as! [Object]
      let sum = terms.reduce(0) { $0 + product($1["factors"] as! [Object], in: record) }
      #expect(agree(sum, value), "\(name)")
    }
    for (name, signal) in backward["hidden_error_signals"]! {
      let parts = signal["downstream_contributions"] as! [Object]
      let sum = parts.reduce(0) {
        $0 + ($1["downstream_signal"] as! Double) * ($1["weight_value"] as! Double)
      }
      let slope = signal["activation_derivative"] as! Double
      #expect(agree(sum * slope, signal["signal_value"] as! Double), "\(name)")
    }
    let rule = (record["optimizer_config"] as? Object)?["name"] as? String ?? "sgd"
    let rate = record["learning_rate"] as! Double
    var after = record["parameters_before"] as! [String: Double]
    for update in record["updates"] as! [Object] {
      let name = update["parameter_id"] as! String
      let optimizer = update["optimizer"] as! Object
      let gradient = update["gradient"] as! Double
      #expect(agree(product(optimizer["factors"] as! [Object], in: record), gradient), "\(name)")
      #expect(after[name] == update["weight_before"] as? Double)
      if rule == "sgd" { #expect(agree(update["update"] as! Double, rate * gradient), "\(name)") }
      after[name] = update["weight_after"] as? Double
    }
    #expect(after == record["parameters_after"] as! [String: Double])
  }

  /// The worked example, with the textbook's numbers, downhill.
  @Test func workedExample() throws {
    let file = root.appendingPathComponent("Samples/backprop.nn")
    let source = try String(contentsOf: file, encoding: .utf8)
    let record = try #require(try records(source, [0.05, 0.1], [0.01, 0.99]).first)
    try check(record)
    #expect(record["schema_version"] as? String == "0.2.0")
    #expect(record["trace_id"] == nil)
    let update = try #require(
      (record["updates"] as! [Object]).first { $0["parameter_id"] as? String == "w5" })
    #expect(agree(update["gradient"] as! Double, -0.08216704056423078))
    #expect(agree(update["weight_after"] as! Double, 0.35891647971788465))
    let loss = record["loss"] as! Object
    #expect(agree(loss["total"] as! Double, 0.2983711087600027))
    let later = record["post_update_loss"] as! Object
    #expect(agree(later["total"] as! Double, 0.28047144679143016))
  }

  /// Every activation, loss and rule that the format has; three steps follow each other.
  @Test(arguments: [
    ("linear 2->3; relu; linear 3->2; loss mse/2; train adamw lr=0.01 weight_decay=0.1", "0.5.0"),
    ("linear 2->3; sigmoid; linear 3->2; loss cross_entropy; train adam lr=0.1", "0.5.0"),
    (
      "linear 2->3; relu; linear 3->2; softmax; loss -sum(t*log(y)); train sgd lr=0.1 momentum=0.9",
      "0.6.0"
    ),
    (
      """
      let squash(a) = 1/(1 + exp(-a))
      linear 2->3
      squash
      linear 3->2
      loss sum((y - t)^2)/2
      train sgd lr=0.1 momentum=0.9 nesterov=yes
      """, "0.7.0"
    ),
    ("linear 2->3 frozen=bias; linear 3->2 frozen=bias; loss mse/2; train sgd lr=0.1", "0.2.0"),
    ("linear 2->3; relu; linear 3->2; loss cross_entropy; train sgd lr=0.1", "0.3.0"),
  ])
  func kinds(_ source: String, _ version: String) throws {
    let all = try records(source, [0.4, -1.5], [1, 0], steps: 3)
    #expect(all.count == 3)
    for (step, record) in all.enumerated() {
      try check(record)
      #expect(record["schema_version"] as? String == version)
      #expect(record["step_index"] as? Int == step)
      guard step > 0 else { continue }
      let before = record["parameters_before"] as! [String: Double]
      #expect(before == all[step - 1]["parameters_after"] as! [String: Double])
    }
  }

  /// What the format cannot describe is refused, with the cause.
  @Test(arguments: [
    ("linear 2->2; tanh; linear 2->2; loss mse/2; train sgd", "none of sigmoid, relu and identity"),
    ("linear 2->2; sigmoid; linear 2->2; loss mse; train sgd", "half the squared error"),
    ("linear 2->2; loss mse/2; train sgd", "one hidden and one output layer"),
    ("linear 2->2 bias=no; relu; linear 2->2; loss mse/2; train sgd", "without a bias"),
    ("a: linear 2->2; relu; linear 2->2; add a; loss mse/2; train sgd", "squared error"),
    ("linear 2->2; relu; linear 2->2; loss mse/2; train rmsprop", "not rmsprop"),
    ("linear 2->2; relu; linear 2->2; loss mse/2; train sgd weight_decay=0.1", "weight_decay"),
    ("linear 2->2; relu; linear 2->2 frozen=bias; loss mse/2; train sgd", "all biases or none"),
    ("linear 2->2; relu; linear 2->2; loss cross_entropy; train sgd", "must add up to 1"),
    ("linear 2->65; relu; linear 65->2; loss mse/2; train sgd", "at most 64"),
    ("linear 2->2; relu; linear 2->2; loss mse/2", "a `train` rule"),
  ])
  func refusals(_ source: String, _ cause: String) throws {
    let error = #expect(throws: BackpropTraceError.self) {
      try records(source, [1, 2], [1, 1])
    }
    #expect(error?.description.contains(cause) == true, "\(error?.description ?? "")")
  }
}
