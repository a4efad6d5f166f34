import Foundation
import NNC
import NNCTraining
import Testing

@testable import NNCTool

@Suite struct TuneCommandTests {
  static let network = """
    let width = 4
    linear 2->width; tanh; linear width->2
    loss cross_entropy
    train adam # as ever

    """

  /// Calls nnc in a folder with the network and the points of `TrainCommandTests`.
  private func run(
    _ command: String, _ words: String..., network: String = network, points: String? = nil
  ) throws -> (outcome: Outcome, files: [String: String]) {
    try withFolder { folder in
      let rows = TrainCommandTests.points.split(separator: "\n")
      try network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      for (name, text) in [
        ("points.csv", points ?? TrainCommandTests.points),
        ("few.csv", rows.prefix(4).joined(separator: "\n") + "\n"),
      ] {
        try text.write(toFile: folder + "/" + name, atomically: false, encoding: .utf8)
      }
      var call = [command, folder + "/net.nn"]
      if !words.contains("--data") { call += ["--data", folder + "/points.csv"] }
      call += words.map { $0.hasPrefix("@") ? "\(folder)/\($0.dropFirst())" : $0 }
      if !words.contains("--run") { call += ["--run", "interpreter"] }
      if !words.contains("--target") { call += ["--target", "kind"] }
      var outcome = nnc(call)
      outcome.output = outcome.output.replacing(folder + "/", with: "")
      outcome.messages = outcome.messages.replacing(folder + "/", with: "")
      var files: [String: String] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        files[name] = (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
      }
      return (outcome, files)
    }
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func everyCombinationIsTriedAndTheBestIsWritten() throws {
    let (outcome, files) = try run(
      "tune", "--try", "lr=1e-9,0.05", "--try", "width=1,8", "--folds", "4", "--epochs", "30", "-o",
      "@best.nn", "--json")
    #expect(outcome.status == .success && outcome.messages == "")
    let all = try objects(outcome.output)
    #expect(
      all.map { $0["event"] as? String } == Array(repeating: "candidate", count: 4) + ["best"])
    let values = all.compactMap { $0["values"] as? [String: String] }
    #expect(
      values.dropLast() == [
        ["lr": "1e-9", "width": "1"], ["lr": "1e-9", "width": "8"],
        ["lr": "0.05", "width": "1"], ["lr": "0.05", "width": "8"],
      ])
    let scores = all.compactMap { $0["accuracy"] as? Double }
    let losses = all.compactMap { $0["loss"] as? Double }
    let best = try #require((0..<4).max { (scores[$0], -losses[$0]) < (scores[$1], -losses[$1]) })
    #expect(values[4] == values[best] && best >= 2 && scores[best] > 0.9)
    // The mean and the deviation are those of the folds.
    for object in all {
      let folds = try #require(object["folds"] as? [[String: Any]])
      let each = folds.compactMap { $0["accuracy"] as? Double }
      let mean = each.reduce(0, +) / 4
      let squares = each.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      #expect(each.count == 4 && folds.allSatisfy { $0["epochs"] as? Int == 30 })
      #expect(abs(try #require(object["accuracy"] as? Double) - mean) < 1e-12)
      #expect(
        abs(try #require(object["deviation"] as? Double) - (squares / 4).squareRoot()) < 1e-12)
    }
    let width = try #require(values[4]["width"])
    #expect(
      files["best.nn"]
        == Self.network.replacing("let width = 4", with: "let width = \(width)").replacing(
          "train adam", with: "train adam lr=0.05"))
    #expect(files["net.nn"] == Self.network)
  }

  /// A fold's scores are those of a training with files of its parts.
  @Test func aFoldIsATrainingWithItsParts() throws {
    let rows = TrainCommandTests.points.split(separator: "\n")
    let split = DataSplit(
      rows: rows.count - 1, shares: Array(repeating: 1.0 / 3, count: 3), seed: 7,
      isStratified: false)
    let parts = split.parts()
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<rows.count - 1))
    func file(_ samples: [Int]) -> String {
      ([rows[0]] + samples.map { rows[$0 + 1] }).joined(separator: "\n") + "\n"
    }
    let (folds, _) = try run(
      "train", "--folds", "3", "--seed", "7", "--epochs", "5", "--standardise", "--json")
    let scores = try #require(try objects(folds.output)[0]["folds"] as? [[String: Any]])
    for held in parts.indices {
      try withFolder { folder in
        let others = parts.indices.filter { $0 != held }.flatMap { parts[$0] }.sorted()
        for (name, text) in [
          ("net.nn", Self.network), ("a.csv", file(others)), ("b.csv", file(parts[held])),
        ] {
          try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
        }
        let whole = nnc([
          "train", folder + "/net.nn", "--data", folder + "/a.csv", "--test", folder + "/b.csv",
          "--target", "kind", "--seed", "7", "--epochs", "5", "--standardise", "--json", "--run",
          "interpreter",
        ])
        let end = try #require(try objects(whole.output).last)
        for name in ["loss", "accuracy"] {
          let (one, other) = (scores[held][name] as? Double, end[name] as? Double)
          #expect(one != nil && one == other, "\(name) of fold \(held)")
        }
      }
    }
  }

  @Test func whatPeopleRead() throws {
    let table = try run(
      "tune", "--try", "batch=8,full", "--epochs", "4", "--stratify", "--patience", "2"
    ).outcome
    let lines = table.output.split(separator: "\n")
    #expect(lines[0] == "net: 2 candidates, 40 samples in 5 folds")
    #expect(
      lines[1].contains(/^batch=8     accuracy \S+ % ± \S+  loss \S+$/), "\(lines[1])")
    #expect(lines[3].hasPrefix("10 trainings in ") && lines[4].hasPrefix("best: batch="))
    #expect(lines[5].hasPrefix("nothing of it stands in the network's text; to train it"))
    #expect(lines[6].contains(/--epochs \d .*--batch (8|full)/), "\(lines[6])")
    let (folds, files) = try run("train", "--folds", "2", "--epochs", "2", "-o", "@net.safetensors")
    #expect(folds.output.contains("fold 2 of 2  20 trained with, 20 held out: loss "))
    #expect(folds.output.contains("40 samples in batches of 32\n"))
    #expect(files["net.safetensors"] != nil)
    let (only, none) = try run("train", "--folds", "2", "--epochs", "2")
    #expect(!only.output.contains("in batches") && none["net.safetensors"] == nil)
  }

  @Test func whatDivergesIsWorst() throws {
    let rule = Self.network.replacing("train adam", with: "train sgd").replacing(
      "tanh", with: "relu")
    let some = try run("tune", "--try", "lr=1e308,0.1", "--epochs", "5", network: rule).outcome
    #expect(some.status == .success)
    #expect(some.output.contains(/lr=1e308  diverged/) && some.output.contains("best: lr=0.1:"))
    let all = try run("tune", "--try", "lr=1e308", "--epochs", "5", network: rule).outcome
    #expect(all.status == .wrongInput && all.messages.hasPrefix("nnc: every training diverged\n"))
  }

  @Test(arguments: [
    (["--try", "lr"], "`--try` takes a name and values"),
    (["--try", "lr=0.1,,2"], "`--try` takes a name and values"),
    (["--try", "widht=1,2"], "did you mean `width`?"),
    (["--try", "depth=1,2"], "a line `let depth = 1` in the network makes one"),
    (["--try", "lr=1", "--try", "lr=2"], "names `lr` twice"),
    (["--try", "batch=1,2", "--batch", "3"], "`--try batch=…` and `--batch` exclude each other"),
    (["--try", "batch=1,zwei"], "`--batch` takes `full` or a whole number"),
    (["--try", "width=1,-"], "with width=-:"),
    (["--try", "width=0"], "with width=0:"),
    ([], "tune needs `--try NAME=V,V…`"),
    (["--try", "lr=1", "--folds", "3", "--split", "0.8"], "`--folds` and `--split` exclude"),
    (["--try", "lr=1", "--folds", "41"], "do not fill 41 parts"),
  ])
  func whatIsWrongIsSaid(_ words: [String], _ message: String) throws {
    let path = try withFolder { folder -> Outcome in
      try Self.network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try TrainCommandTests.points.write(
        toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
      return nnc(
        ["tune", folder + "/net.nn", "--data", folder + "/points.csv", "--target", "kind"] + words)
    }
    #expect(path.status != .success && path.messages.contains(message), "\(path.messages)")
  }

  /// Values stand in the text in place of those that stood there; all else stays.
  @Test func textsWithOtherValues() throws {
    let text =
      "let a = [1, 2]; let b = 3 # first\nlinear 2->b; loss mse\ntrain sgd momentum=0.5 # rule\n"
    let base = Compilation(SourceFile(name: "net.nn", text: text))
    #expect(base.variableNames.starts(with: ["a", "b", "lr"]))
    let other = base.with([("b", "5"), ("momentum", "0.9"), ("lr", "0.1"), ("a", "[3]")])
    #expect(
      String(decoding: other.source.bytes, as: UTF8.self)
        == "let a = [3]; let b = 5 # first\nlinear 2->5; loss mse\ntrain sgd momentum=0.9 lr=0.1 # rule\n"
        .replacing("2->5", with: "2->b"))
    #expect(try other.checkedNetwork().outputShape == [5])
    #expect(Build.rate(of: try other.checkedNetwork()) == 0.1)
  }
}
