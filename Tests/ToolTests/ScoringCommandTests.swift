import Foundation
import Testing

import NNCTraining

@testable import NNCTool

/// `nnc evaluate` and `nnc predict`, with weights that `nnc train` has saved.
@Suite struct ScoringCommandTests {
  private func withTrained(_ body: (_ folder: String) throws -> Void) throws {
    try withFolder { folder in
      try TrainCommandTests.network.write(
        toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try TrainCommandTests.points.write(
        toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
      let outcome = nnc([
        "train", folder + "/net.nn", "-d", folder + "/points.csv", "-t", "kind", "-e", "60", "-b",
        "8", "--standardise", "--run", "interpreter", "-q", "-o", folder + "/net.safetensors",
      ])
      #expect(outcome == Outcome(status: .success, output: "", messages: ""))
      try body(folder)
    }
  }

  private func call(_ name: String, _ folder: String, _ words: String...) -> Outcome {
    let call = [name, folder + "/net.nn", "-w", folder + "/net.safetensors"]
    return nnc(call + words.map { $0.replacing("@", with: folder + "/") })
  }

  /// Columns, classes and the scaling are those of the training.
  @Test func evaluateScores() throws {
    try withTrained { folder in
      for run in ["interpreter", "native"] {
        let outcome = call("evaluate", folder, "-d", "@points.csv", "--run", run)
        #expect(outcome.status == .success && outcome.messages.isEmpty)
        #expect(outcome.output.hasPrefix("40 samples: loss 0.0"))
        #expect(outcome.output.contains("accuracy 100 % (40 of 40)\n"))
        #expect(outcome.output.contains("class \\ taken for  above  below\n"))
      }
    }
  }

  @Test func predictWritesClassesAndOutputs() throws {
    try withTrained { folder in
      let whole = call("predict", folder, "-d", "@points.csv")
      let lines = whole.output.split(separator: "\n")
      #expect(whole.status == .success && lines.count == 41)
      #expect(lines[0] == "kind,logit_above,logit_below")
      let wanted = TrainCommandTests.points.split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",")[2] }
      #expect(lines.dropFirst().map { $0.split(separator: ",")[0] } == wanted)
      // New data has no targets, and its columns may stand in another order.
      let swapped = TrainCommandTests.points.split(separator: "\n")
        .map { $0.split(separator: ",") }.map { "\($0[1]),\($0[0])" }.joined(separator: "\n")
      try swapped.write(toFile: folder + "/new.csv", atomically: false, encoding: .utf8)
      let outcome = call("predict", folder, "-d", "@new.csv", "-o", "@out.csv")
      #expect(outcome == Outcome(status: .success, output: "", messages: ""))
      let written = try String(contentsOfFile: folder + "/out.csv", encoding: .utf8)
      #expect(written == whole.output)
    }
  }

  @Test func trainingGoesOnFromSavedWeights() throws {
    try withTrained { folder in
      let outcome = call("train", folder, "-d", "@points.csv", "-t", "kind", "-e", "1")
      #expect(outcome.status == .success)
      #expect(outcome.output.contains("accuracy 100 %"))
    }
  }

  @Test func whatIsMissingIsTold() throws {
    try withTrained { folder in
      let plain = nnc(["predict", folder + "/net.nn", "-d", folder + "/points.csv"])
      #expect(plain.status == .wrongCall && plain.messages.contains("needs `--weights FILE`"))
      let noData = call("evaluate", folder)
      #expect(noData.status == .wrongCall && noData.messages.contains("needs `--data FILE`"))
      try "a,c\n1,2\n".write(toFile: folder + "/lacks.csv", atomically: false, encoding: .utf8)
      let lacks = call("predict", folder, "-d", "@lacks.csv")
      #expect(lacks.status == .wrongInput && lacks.messages.contains("lacks the input column `b`"))
      let full = call("predict", folder, "-d", "@points.csv", "-o", "/dev/full")
      #expect(full.status == .machineFailed && full.messages.contains("No space left"))
    }
  }

  /// Results that could not be written are refused before the training.
  @Test func outputsAreCheckedFirst() throws {
    try withTrained { folder in
      for option in ["-o", "--log", "--plot"] {
        for (path, cause) in [("@", "Is a directory"), ("@no/such/x", "No such file")] {
          let outcome = call("train", folder, "-d", "@points.csv", "-t", "kind", option, path)
          #expect(outcome.status == .machineFailed && outcome.messages.contains(cause))
          #expect(outcome.output.isEmpty)
        }
      }
    }
  }

  @Test func fieldsAreQuotedWhereCSVNeedsIt() {
    let sheet = PredictionSheet(
      metric: .argmax, content: .outputs, meaning: .logit, classes: ["a,b", "say \"c\""],
      targets: ["kind"], width: 2, isSingle: false)
    #expect(sheet.head == "kind,\"logit_a,b\",\"logit_say \"\"c\"\"\"\n")
    #expect(sheet.line(of: [0.5, 1], keeping: []) == "\"say \"\"c\"\"\",0.5,1\n")
    #expect(sheet.line(of: [2, -1], keeping: []) == "\"a,b\",2,-1\n")
    let numbers = PredictionSheet(
      metric: .determination, content: .outputs, meaning: .output, classes: [], targets: [],
      width: 2, isSingle: true)
    #expect(numbers.head == "y1,y2\n")
    #expect(numbers.line(of: [Double(Float(0.1)), 2], keeping: []) == "0.1,2.0\n")
  }

  /// Probabilities are the softmax's and the sigmoid's; no two columns are called alike.
  @Test func namesSayWhatTheOutputsAre() {
    let sheet = PredictionSheet(
      metric: .threshold(0), content: .probabilities, meaning: .logit, classes: ["no", "yes"],
      targets: ["y"], width: 1, isSingle: false, kept: ["y", "id"])
    #expect(sheet.head == "y,id,y_2,probability_yes\n")
    #expect(sheet.line(of: [0], keeping: ["1", "a,b"]) == "1,\"a,b\",no,0.5\n")
    #expect(sheet.line(of: nil, keeping: ["1", "2"]) == "1,2,,\n")
    #expect(OutputMeaning.logit.shares([1000, 1000]) == [0.5, 0.5])
    #expect(OutputMeaning.logit.shares([-1000]) == [0])
  }
}
