import Foundation
import Testing

@testable import NNCTool

/// Tables as people have them, from the file to trained weights, scores and predictions.
@Suite struct TableCommandTests {
  private static let network =
    "linear 7->6; tanh; linear 6->1; loss bce_logits; train adam lr=0.05; seed 1"

  /// People of two towns; those who pay much, are known.
  private static let people: String = {
    var text = "id,age,town,since,member\n"
    for row in 0..<60 {
      let town = ["Ulm", "Bonn", "Köln"][row % 3]
      let age = row % 11 == 4 ? "" : "\(20 + row * 7 % 50)"
      let day = "\(2000 + row % 20)-0\(row % 9 + 1)-1\(row % 7)"
      text += "\(1000 + row),\(age),\(town),\(day),\(row % 3 == 0 ? "yes" : "no")\n"
    }
    return text
  }()

  private func withPeople(_ body: (_ folder: String) throws -> Void) throws {
    try withFolder { folder in
      try Self.network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try Self.people.write(toFile: folder + "/people.csv", atomically: false, encoding: .utf8)
      try body(folder)
    }
  }

  private func call(_ folder: String, _ words: String...) -> Outcome {
    nnc(words.map { $0.replacing("@", with: folder + "/") } + ["--run", "interpreter"])
  }

  @Test func whatIsGuessedIsSaidSavedAndUsed() throws {
    try withPeople { folder in
      let trained = call(
        folder, "train", "@net.nn", "-d", "@people.csv", "-t", "member", "-i", "age..since",
        "--guess", "--standardise", "--split", "75%", "--stratify", "-e", "40", "-o",
        "@w.safetensors")
      #expect(trained.status == .success && trained.messages.isEmpty, "\(trained.messages)")
      #expect(trained.output.contains("45 samples in batches of 32, 15 held out\n"))
      #expect(trained.output.contains("`age`: numbers, 6 missing: the median "))
      #expect(trained.output.contains("`town`: 3 categories (Bonn, Köln, Ulm)\n"))
      #expect(trained.output.contains("`since`: dates, as year, month, day\n"))
      let listed = nnc(["weights", folder + "/w.safetensors"])
      #expect(listed.output.contains(#/town +category +3 +error +Bonn, Köln, Ulm\n/#))
      // The rows that training held out, and no others.
      let heldOut = call(
        folder, "evaluate", "@net.nn", "-w", "@w.safetensors", "-d", "@people.csv", "--held-out",
        "-j")
      #expect(heldOut.output.hasPrefix("{\"scored\":15,"), "\(heldOut.messages)")
      #expect(heldOut.output.contains("\"confusion\":[[10,0],[0,5]]"))
      #expect(heldOut.output.contains("\"roc_auc\":1,"))
      let last = trained.output.split(separator: "\n").last ?? ""
      #expect(last.contains("accuracy 100 % (15 of 15)"))
    }
  }

  @Test func aRowThatCannotBeUsedGetsAnEmptyPrediction() throws {
    try withPeople { folder in
      let trained = call(
        folder, "train", "@net.nn", "-d", "@people.csv", "-t", "member", "-i", "age,town,since",
        "--categories", "town", "--dates", "since", "--missing", "drop", "--standardise", "-q",
        "-e",
        "30", "-o", "@w.safetensors")
      #expect(trained == Outcome(status: .success, output: "", messages: ""))
      try "since,town,age,id\n2003-04-11,Ulm,41,7\n2003-04-11,Rom,41,8\n2003-04-11,Bonn,,9\n"
        .write(toFile: folder + "/new.csv", atomically: false, encoding: .utf8)
      let outcome = call(
        folder, "predict", "@net.nn", "-w", "@w.safetensors", "-d", "@new.csv", "--keep", "id",
        "--probabilities")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == 4 && lines[0] == "id,member,probability_yes")
      #expect(lines[1].hasPrefix("7,yes,0.9") && lines[2] == "8,," && lines[3] == "9,,")
      #expect(outcome.status == .success)
      #expect(
        outcome.messages.contains(
          "new.csv:3: column 2 (`town`): `Rom` is none of the categories `Bonn`, `Köln`, `Ulm`: an "
            + "empty prediction\n"))
      #expect(outcome.messages.contains("new.csv:4: column 3 (`age`): the value is missing"))
      let classes = call(
        folder, "predict", "@net.nn", "-w", "@w.safetensors", "-d", "@new.csv", "--classes",
        "--threshold", "0.999999")
      #expect(classes.output.split(separator: "\n", omittingEmptySubsequences: false)[1] == "no")
    }
  }

  @Test func aWidthThatDoesNotFitIsCountedOut() throws {
    try withPeople { folder in
      let outcome = call(
        folder, "train", "@net.nn", "-d", "@people.csv", "-t", "member", "-i", "age,town",
        "--categories", "town", "--missing", "mean")
      #expect(outcome.status == .wrongInput)
      #expect(
        outcome.messages.contains("gives 4 numbers for each input: `town` 3, 1 others 1 each"))
    }
  }

  @Test func threePartsAreTrainedScoredAndTested() throws {
    try withPeople { folder in
      let outcome = call(
        folder, "train", "@net.nn", "-d", "@people.csv", "-t", "member", "-i", "age,town,since",
        "--guess", "--split", "0.6,0.2,0.2", "-e", "2", "--json")
      #expect(outcome.output.contains("\"held_out\":12,"))
      #expect(outcome.output.contains("\"test_scored\":12,"))
      for wrong in ["1.5", "0.5,0.6", "0.2,0.2,0.2,0.4", "x", "120%"] {
        let refused = call(
          folder, "train", "@net.nn", "-d", "@people.csv", "-t", "member", "--split", wrong)
        #expect(refused.status == .wrongCall, "\(wrong)")
      }
    }
  }
}
