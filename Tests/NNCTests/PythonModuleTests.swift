import NNCTestSupport
import Testing

@testable import NNC

/// Modules of Python; what they compute, `Tests/Interchange/python.py` looks at.
@Suite struct PythonModuleTests {
  private func files(_ source: String, _ meaning: String) throws -> [GeneratedFile] {
    let build = try compiled(source).build(CompilerOptions(precision: .f32, maximumSamples: 64))
    return build.python(meaning: meaning)
  }

  @Test(arguments: [
    ("classes", "input 4; linear 3; loss cross_entropy; train adam", "logit"),
    ("tokens", "input 5 of 7; embedding 7->3; flatten; linear 7; loss cross_entropy", "logit"),
    ("numbers", "input 2x3; flatten; linear 2; loss mse; train sgd", "output"),
  ])
  func snapshot(_ name: String, _ source: String, _ meaning: String) throws {
    let files = try files("network \(name); \(source)", meaning)
    #expect(files.map(\.name) == ["\(name).py", "pyproject.toml"])
    // The C has snapshots of its own; what is said of arrays stands at its end.
    let parts = files[0].text.split(separator: "_C = r'''", maxSplits: 1)
    let calls = try #require(parts[1].range(of: "/* An array's numbers"))
    let text = parts[0] + "_C = r'''…\n" + parts[1][calls.lowerBound...]
    try assertSnapshot(String(text), "Tests/Snapshots/Python/\(name).py.txt")
    try assertSnapshot(files[1].text, "Tests/Snapshots/Python/\(name).toml.txt")
  }

  @Test func whatTheNetworkLacksTheModuleLacks() throws {
    let text = try files("linear 2->1", "output")[0].text
    #expect(text.contains("def predict(") && !text.contains("def loss("))
    #expect(!text.contains("scikit-learn") && !text.contains("def train("))
  }

  @Test func noWordIsLeftOpen() throws {
    for source in ["linear 2->1; loss mse; train adam", "input a 2; p: linear 1; output p; loss p"]
    {
      let text = try files(source, "output")[0].text
      let head = text.split(separator: "_C = r'''")[0]
      #expect(!head.contains("$"))
    }
  }
}
