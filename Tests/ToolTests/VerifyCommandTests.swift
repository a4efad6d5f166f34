import Foundation
import NNCFormats
import NNC
import Testing

@testable import NNCTool

@Suite struct VerifyCommandTests {
  private let file = root.appendingPathComponent("Samples/backprop.nn").path

  @Test func table() {
    let outcome = nnc(["verify", file, "--only", "c", "--compiler", "gcc", "--seed", "3"])
    #expect(outcome.status == .success && outcome.messages == "")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count > 8)
    #expect(lines[0] == "backprop: 12 parameters, f64, 33 random samples of seed 3")
    #expect(lines[2].hasPrefix("interpreter ") && lines[2].contains(" 35 calls, 373 numbers "))
    for (line, level) in zip(lines[3...], ["-O0", "-O2", "-O3", "-O3 -march=native"]) {
      #expect(line.hasPrefix("gcc \(level) ") && line.contains(" equal bits "))
    }
    // Switches that would bend numbers are held off, or refused.
    #expect(
      lines.dropFirst(7).dropLast().allSatisfy {
        $0.contains(" equal bits ") || $0.contains(" refused by the code ")
          || $0.contains(" no such switch ")
      })
    #expect(lines.last!.hasPrefix("gradient ") && lines.last!.contains(" 14 derivatives within "))
  }

  @Test func json() throws {
    let outcome = nnc(["verify", file, "--only", "c", "--compiler", "gcc", "--json", "-r", "f32"])
    #expect(outcome.status == .success)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(object?["equal"] as? Bool == true && object?["real"] as? String == "f32")
    let forms = try #require(object?["forms"] as? [[String: Any]])
    let results = forms.map { $0["result"] as? String }
    #expect(results.prefix(5) == ["reference", "equal", "equal", "equal", "equal"])
    #expect(results.dropFirst(5).allSatisfy { $0 != "different" } && results.count > 5)
    let gradient = try #require(object?["gradient"] as? [String: Any])
    #expect(gradient["compared"] as? Int == 14 && (gradient["off"] as? [Any])?.isEmpty == true)
  }

  @Test func dataOfOnesOwn() {
    let iris = root.appendingPathComponent("Samples/iris.nn").path
    let data = root.appendingPathComponent("Samples/data/iris.csv").path
    let outcome = nnc([
      "verify", iris, "--data", data, "--target", "species", "--only", "c", "--compiler", "clang",
      "--unroll", "0",
    ])
    #expect(outcome.status == .success, "\(outcome.messages)")
    #expect(outcome.output.hasPrefix("iris: 131 parameters, f64, 33 samples of `"))
  }

  /// A compiler that turns a sum into a difference.
  @Test func miscompilation() throws {
    try withFolder { folder in
      let compiler = folder + "/wrong-cc"
      let text = """
        #!/bin/sh
        for word in "$@"; do
          case $word in *.c) sed -i -E '/ net_y1 = /s/ [+] / - /' "$word";; esac
        done
        exec gcc "$@"
        """
      try text.write(toFile: compiler, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: compiler)
      let outcome = nnc(["verify", file, "--only", "c", "--compiler", compiler])
      #expect(outcome.status == .wrongInput)
      let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count { $0.contains(" DIFFERENT ") } >= 4)
      let rest = lines.drop { !$0.isEmpty }.dropFirst().drop { !$0.isEmpty }.dropFirst()
      // The values depend on the order in which sums are taken.
      let told = rest.joined(separator: "\n").replacing(/-?[0-9.e]+ \(0x[0-9a-f]{16}\)/, with: "X")
        .replacing(/%[0-9]+/, with: "%_").replacing(/^wrong-cc -O0[^:]*/, with: "wrong-cc")
      #expect(
        told == """
          wrong-cc: `predict` gives other bits
              output[0]
                interpreter  X
                form         X
            first in kernel `predict`
              net_y1 = %_ + b3
                interpreter  X
                form         X

          """)
    }
  }

  /// Three differences of a gradient that stops on its way: `detach` hides a part of it.
  @Test func gradientThatIsOff() {
    let source = "linear 2->1; loss sum(detach(y)*y); train sgd"
    let outcome = nnc(["verify", "-", "--only", "c", "--compiler", "gcc"], input: source)
    #expect(outcome.status == .wrongInput)
    #expect(outcome.output.contains(" OFF "))
    #expect(outcome.output.contains("gradient: gradient of linear1.weight[0, 0]: "))
  }

  @Test func reference() throws {
    try withFolder { folder in
      let path = folder + "/reference.npz"
      let text = "linear 2->2; tanh; loss mse; train sgd lr=0.1 momentum=0.9"
      let compilation = Compilation(SourceFile(name: "net.nn", text: text))
      let model = try compilation.model()
      let x = [0.5, -0.25, 1.0, 2.0]
      let t = [0.1, 0.2, 0.3, 0.4]
      let weight = [0.1, 0.2, -0.3, 0.4]
      model.parameters = weight + [0.5, -0.5]
      let y = try model.predict(x)
      let (loss, gradient) = try model.gradient(input: x, target: t)
      try model.step(input: x, target: t)
      let next = model.parameters
      func write(_ change: (inout [NamedArray]) -> Void) throws {
        var arrays = [
          NamedArray(name: "x", shape: [2, 2], values: x),
          NamedArray(name: "t", shape: [2, 2], values: t),
          NamedArray(name: "linear1.weight", shape: [2, 2], values: weight),
          NamedArray(name: "linear1.bias", shape: [2], values: [0.5, -0.5]),
          NamedArray(name: "y", shape: [2, 2], values: y),
          NamedArray(name: "loss", shape: [], values: [loss]),
          NamedArray(name: "gradient.linear1.bias", shape: [2], values: Array(gradient[4...])),
          NamedArray(name: "next.linear1.weight", shape: [2, 2], values: Array(next[..<4])),
        ]
        change(&arrays)
        try TensorFile.write(arrays, to: path)
      }
      let call = ["verify", "-", "--reference", path]
      try write { _ in }
      let equal = nnc(call, input: text)
      #expect(equal.status == .success, "\(equal.messages)")
      #expect(equal.output.hasPrefix("2 samples of `\(path)`, f64, 0 ulp allowed\n\n"))
      #expect(equal.output.contains("\nnext.linear1.weight          4    0   0  "))
      try write { $0[4].values[2] = y[2].nextUp.nextUp }
      let off = nnc(call, input: text)
      #expect(off.status == .wrongInput && off.messages == "nnc: 1 of 4 arrays differ by more\n")
      #expect(off.output.contains("\ny                            4    2   2  "))
      #expect(nnc(call + ["--ulp", "2"], input: text).status == .success)
      let json = nnc(call + ["--json"], input: text)
      #expect(json.status == .wrongInput && json.output.contains("\"equal\":false"))
      try write { $0[7].name = "next.linear1.weigth" }
      let unknown = nnc(call, input: text)
      #expect(unknown.status == .wrongInput)
      #expect(unknown.messages.contains("did you mean `next.linear1.weight`?"))
      try write { $0.removeFirst() }
      #expect(nnc(call, input: text).messages.contains("has no array `x`"))
    }
  }

  @Test func randomNetworks() {
    let outcome = nnc(["verify", "--random", "12", "--seed", "5"])
    #expect(outcome.status == .success && outcome.messages == "")
    #expect(outcome.output.hasPrefix("12 random networks of seed 5\n\nform "))
    #expect(outcome.output.contains("\nswiftc -Onone "))
    let json = nnc(["verify", "--random", "3", "--json", "--only", "c"])
    #expect(json.status == .success && json.output.hasPrefix("{\"networks\":3,\"seed\":0,"))
  }

  @Test func mistakes() {
    #expect(nnc(["verify"]).status == .wrongCall)
    #expect(nnc(["verify", file, "--ulp", "3"]).status == .wrongCall)
    #expect(nnc(["verify", file, "--random", "3"]).status == .wrongCall)
    #expect(nnc(["verify", "--random", "3", "--real", "f32"]).status == .wrongCall)
    #expect(nnc(["verify", file, "--header", "yes"]).status == .wrongCall)
    #expect(nnc(["verify", file, "--machine", "pdp11"]).status == .wrongCall)
    let missing = nnc(["verify", file, "--compiler", "no-such-cc"])
    #expect(missing.status == .wrongCall)
    #expect(missing.messages == "nnc: there is no compiler `no-such-cc`\n")
    #expect(nnc(["verify", "-"], input: "linear 0->2").status == .wrongInput)
    #expect(nnc(["verify", file, "--reference", "no.npz"]).status == .wrongInput)
  }
}
