import Foundation
import NNC
import NNCEmission
import Testing

/// Emitted code as its readers want it.
@Suite struct CodeForPeopleTests {
  private func code(_ text: String, _ change: (inout CompilerOptions) -> Void = { _ in }) throws
    -> (c: String, swift: String)
  {
    var options = CompilerOptions()
    change(&options)
    let build = try Compilation(SourceFile(name: "net.nn", text: text)).build(options)
    return (build.text(in: .c), build.text(in: .swift))
  }

  /// How many parameters each function has.
  private func parameterCounts(_ text: String, _ head: Regex<(Substring, Substring)>) -> [Int] {
    text.matches(of: head).map { $0.1.split(separator: ",").count }
  }

  /// However many functions follow one another, none of C's or Swift's has more than 16 parameters, and the code grows as
  /// the text does.
  @Test func chains() throws {
    func text(_ links: Int) -> String {
      "linear 4->8; "
        + (0..<links).map { $0 % 2 == 0 ? "tanh" : "sin" }.joined(separator: "; ")
        + "; linear 8->2; loss mse; train sgd lr=0.1"
    }
    let (c, swift) = try code(text(300)) { $0.unrollLimit = 0 }
    let counts = parameterCounts(c, /(?m)^(?:static )?(?:inline )?\w+ \w+\(([^;{]*)\) \{/)
    #expect(counts.count > 10 && (counts.max() ?? 99) <= 16, "\(counts)")
    let swiftCounts = parameterCounts(
      swift, /(?m)^  (?:public|private) static func \w+\(([^{]*)\)[^{]*\{/)
    #expect(swiftCounts.count > 10 && (swiftCounts.max() ?? 99) <= 16, "\(swiftCounts)")
    let half = try code(text(150)) { $0.unrollLimit = 0 }.c
    #expect(c.utf8.count < half.utf8.count * 22 / 10)
    #expect(c.split(separator: "\n").count < 8700)
  }

  @Test func irisIsShort() throws {
    let files = try sample("iris").build().emit(.c)
    let iris = try #require(files.first { $0.name.hasSuffix(".c") }).text
    #expect(iris.split(separator: "\n", omittingEmptySubsequences: false).count <= 1300)
  }

  /// What becomes of the sums of a tile is written once, whatever the update rule takes.
  @Test func updatesOfTilesAreWrittenOnce() throws {
    let text = "linear 64->64; tanh; linear 64->8; loss mse; train "
    let (c, swift) = try code(text + "adamw") { $0.unrollLimit = 0 }
    let plain = try code(text + "sgd lr=0.1") { $0.unrollLimit = 0 }.c
    #expect(c.contains("const double sums[12] = {"))
    #expect(swift.contains("let sums: InlineArray<12, Double> = ["))
    let roots = c.split(separator: "\n").count { $0.contains("sqrt(") }
    #expect(roots > 0 && roots <= 24, "\(roots) roots")
    #expect(c.utf8.count < plain.utf8.count * 3 / 2)
  }

  /// Kernels are called after what they do in the network, not after an operation and a number.
  @Test func kernelNames() throws {
    let digits = try sample("digits").build().text(in: .c)
    for name in [
      "linear2_forward", "linear2_backward", "linear2_weight_gradient", "linear2_weight_update",
    ] {
      #expect(digits.contains("static void digits_\(name)"), "\(name)")
    }
    #expect(digits.firstMatch(of: /_\d+_\d+\(/) == nil)
    #expect(digits.contains("/* e^x = 2^n * e^r, "))
  }

  /// What layers of every kind do is called after them, the way back too; what several layers do, after their kind.
  @Test func kernelNamesOfEveryLayer() throws {
    let text = """
      input 1x12x12
      conv 1->3 kernel=3 pad=1; batchnorm; relu; maxpool 2
      residual { conv 3 kernel=3 pad=1; batchnorm; relu }
      residual { conv 3 kernel=3 pad=1; batchnorm; relu }
      globalavgpool; linear 2
      loss cross_entropy
      train sgd lr=0.1
      """
    let c = try code(text) { $0.unrollLimit = 0 }.c
    for name in [
      "conv1_forward", "conv1_pad", "maxpool1_forward", "maxpool1_backward", "conv_forward",
      "globalavgpool1_forward", "linear1_forward", "loss_forward", "conv1_weight_update",
    ] {
      #expect(c.contains("static void net_\(name)("), "\(name)")
    }
    let names = c.matches(of: /(?m)^static void net_(\w+)\(/).map { String($0.1) }
    let kinds = [
      "conv", "batchnorm", "relu", "maxpool", "residual", "globalavgpool", "linear", "loss",
    ]
    let plain = names.filter { name in !kinds.contains { name.hasPrefix($0) } }
    #expect(names.count > 30 && plain.count * 4 < names.count, "\(plain)")
  }

  /// Derivatives have names, and sums are called after what they add up.
  @Test func namesOfDerivatives() throws {
    let backprop = try sample("backprop").build().text(in: .c)
    for name in ["delta_y1", "delta_h2", "d_w5", "d_w1", "sum_d_w5"] {
      #expect(backprop.contains("double \(name) = "), "\(name)")
    }
  }

  /// The only element of a tensor is told as one.
  @Test func onlyElements() throws {
    let formulas = try sample("logistic").build().text(of: .simplified) ?? ""
    #expect(!formulas.contains("reshape"), "\(formulas)")
  }

  /// Swift's optimiser threads jumps through choices that follow one another: a hundred, as the reduction of large angles
  /// has, kept it busy without end. They are calls.
  @Test func choicesOfRareFunctionsAreCalls() throws {
    for text in ["linear 2->2; sin", "input 300x4; cos"] {
      let swift = try code(text).swift
      let start = try #require(swift.range(of: "static func sinLarge("))
      let rest = swift[start.upperBound...]
      let body = rest[..<(try #require(rest.range(of: "\n  }\n")).lowerBound)]
      #expect(body.contains("choose(") && !body.contains(" ? "), "\(text)")
      #expect(swift.contains("private static func choose("))
    }
    #expect(try !code("linear 2->2; tanh").swift.contains("choose("))
  }
}
