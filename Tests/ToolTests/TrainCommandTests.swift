import Foundation
import Testing

@testable import NNCTool

@Suite struct TrainCommandTests {
  /// Two classes that a line divides, and a network that can tell them apart.
  static let network = "linear 2->4; tanh; linear 4->2; loss cross_entropy; train adam lr=0.05\n"
  static let points: String = {
    var text = "a,b,kind\n"
    var count = 0
    for i in 0..<200 where count < 40 {
      let (a, b) = (Double(i * 7 % 13) / 6 - 1, Double(i * 5 % 11) / 5 - 1)
      if abs(a + b) < 0.25 { continue }
      count += 1
      text += "\(a),\(b),\(a + b > 0 ? "above" : "below")\n"
    }
    return text
  }()

  /// Calls `nnc train` in a folder with the network and the data.
  private func train(
    _ words: String..., network: String = network, points: String = points
  ) throws -> (outcome: Outcome, files: [String: String]) {
    try withFolder { folder in
      try network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try points.write(toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
      let paths = words.map { $0.hasPrefix("@") ? "\(folder)/\($0.dropFirst())" : $0 }
      var call = ["train", folder + "/net.nn", "--data", folder + "/points.csv"] + paths
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

  /// The disk may be full when a long training ends.
  @Test(.enabled(if: access("/dev/full", W_OK) == 0))
  func parametersThatFindNoRoomAreSavedElsewhere() throws {
    let good = try train("-o", "@net.safetensors", "--epochs", "3").outcome
    let (full, files) = try train("-o", "/dev/full", "--log", "@run.csv", "--epochs", "3")
    #expect(full.status == .machineFailed)
    #expect(full.messages.hasPrefix("nnc: cannot write `/dev/full`: No space left on device\n"))
    // All else is told and written as ever.
    #expect(good.output.split(separator: "\n").last == full.output.split(separator: "\n").last)
    #expect(files["run.csv"]?.split(separator: "\n").count == 4)
    let folder = try #require(full.messages.firstMatch(of: /it is saved in `(.+)\/full`\n/)).1
    #expect(nnc(["weights", "\(folder)/full"]).output.contains("linear2.weight"))
    try FileManager.default.removeItem(atPath: String(folder))
    let (log, others) = try train("-o", "@net.safetensors", "--log", "/dev/full", "--epochs", "1")
    #expect(log.status == .machineFailed && !log.messages.contains("saved in"))
    #expect(others["net.safetensors"] != nil)
  }

  @Test func columnsAndMachinesAreToldApart() throws {
    let column = try train("--target", "native").outcome
    #expect(column.status == .wrongInput)
    #expect(column.messages.contains("has no column `native`"))
    #expect(column.messages.contains("the machine is chosen by `--machine native`"))
    let other = try train("--target", "sort").outcome
    #expect(!other.messages.contains("--machine"))
    let machine = try train("--machine", "kind").outcome
    #expect(machine.status == .wrongCall)
    #expect(machine.messages.hasPrefix("nnc: there is no machine `kind`"))
    #expect(machine.messages.contains("a column of the data is named by `--target`"))
  }

  @Test func theInterpreterHasOneThread() throws {
    let outcome = try train("--threads", "2").outcome
    #expect(outcome.status == .wrongCall)
    #expect(outcome.messages.contains("`--threads` goes with native code"))
    #expect(try train("--threads", "1", "--epochs", "1").outcome.status == .success)
  }

  @Test func learnsAndSaysSo() throws {
    let outcome = try train("--split", "0.75", "--epochs", "60", "--batch", "8").outcome
    #expect(outcome.status == .success && outcome.messages.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0] == "net: 22 parameters, 30 samples in batches of 8, 10 held out")
    #expect(lines[1].hasPrefix("as suits this machine; `--machine generic` gives"))
    #expect(lines[2].hasPrefix("epoch  1  loss "))
    #expect(lines.contains { $0.hasPrefix("60 epochs, 240 steps in ") })
    #expect(lines.last!.contains("accuracy 100 % (10 of 10)"))
  }

  @Test func theSameCallGivesTheSameNumbers() throws {
    let first = try train("--json", "--seed", "1").outcome.output
    func losses(of text: String) -> [String] {
      text.matches(of: /"loss":([-0-9.e]+)/).map { String($0.1) }
    }
    #expect(losses(of: first).count == 11)
    let second = try train("--json", "--seed", "1").outcome.output
    #expect(losses(of: first) == losses(of: second))
    let other = try train("--json", "--seed", "2").outcome.output
    #expect(losses(of: first) != losses(of: other))
    let native = try train("--json", "--seed", "1", "--run", "native").outcome.output
    #expect(losses(of: first) == losses(of: native))
  }

  @Test func everyBatchSizeTakesItsSteps() throws {
    for (batch, steps) in [("full", 1), ("1", 40), ("16", 3), ("1000", 1)] {
      let outcome = try train("--batch", batch, "--epochs", "2").outcome
      #expect(outcome.output.contains("2 epochs, \(2 * steps) step"), "batch \(batch)")
    }
  }

  @Test func quietSaysNothing() throws {
    let outcome = try train("--quiet").outcome
    #expect(outcome == Outcome(status: .success, output: "", messages: ""))
  }

  @Test func patienceEndsEarly() throws {
    let outcome = try train("--lr", "0", "--in-order", "--epochs", "500", "--patience", "3").outcome
    #expect(outcome.output.contains("no better for 3 epochs: ends with the parameters of epoch "))
  }

  @Test func aLossThatGrowsWithoutBoundEndsTheTraining() throws {
    let outcome = try train(
      "--target", "b", "--inputs", "a,a2", "--epochs", "100",
      network: "linear 2->1; loss mse; train sgd lr=100\n",
      points: "a,a2,b\n1,2,3\n4,5,6\n7,8,9\n"
    ).outcome
    #expect(outcome.status == .wrongInput)
    #expect(outcome.messages.contains("the loss became infinite in step"))
    #expect(outcome.messages.contains("`--lr`"))
  }

  @Test(arguments: [
    ("linear 2->2; loss cross_entropy", "the network has no `train` rule"),
    ("linear 2->2", "the network has no `loss`"),
  ]) func networksThatCannotBeTrained(_ source: String, _ message: String) throws {
    let outcome = try train(network: source + "\n").outcome
    #expect(outcome.status == .wrongInput && outcome.messages.contains(message))
  }

  @Test(arguments: [
    (["--batch", "0"], "`--batch` takes `full` or a whole number from 1 on, not `0`"),
    (["--split", "1.5"], "`--split` takes a share between 0 and 1, such as 0.8 or 80%, or"),
    (["--schedule", "cosin"], "did you mean `cosine`?"),
    (["--schedule", "step:0:1"], "`--schedule` takes"),
    (["--scale", "0"], "`--scale` takes a number other than 0"),
    (["--scale", "2", "--standardise"], "exclude each other"),
    (["--clip-norm", "1", "--clip-value", "1"], "exclude each other"),
    (["--lr", "-1"], "`--lr` takes a number from 0 on, not `-1`"),
    (["--warm-up", "11"], "`--warm-up` takes at most the 10 epochs"),
    (["--quiet", "--json"], "exclude each other"),
    (["--split", "0.5,0.3,0.2", "--test", "x"], "exclude each other"),
    (["--test-labels", "x"], "goes with `--test`"),
  ]) func wrongCalls(_ words: [String], _ message: String) throws {
    try withFolder { folder in
      try Self.network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try Self.points.write(toFile: folder + "/p.csv", atomically: false, encoding: .utf8)
      let outcome = nnc(
        ["train", folder + "/net.nn", "-d", folder + "/p.csv", "-t", "kind"] + words)
      #expect(outcome.status == .wrongCall && outcome.messages.contains(message))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func aSplitThatLeavesNothing() throws {
    let outcome = try train("--split", "0.001").outcome
    #expect(outcome.status == .wrongInput)
    #expect(outcome.messages.contains("`--split 0.001` leaves none of the 40 samples"))
  }
}
