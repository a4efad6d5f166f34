import Foundation
import Testing

@testable import NNCTool

/// Trainings in processes of their own that are killed or interrupted, and go on. `Tests/Checkpoints/kill.py` is the
/// same with hundreds of kills.
@Suite struct KilledTrainingTests {
  private static let network = """
    linear 2->8; tanh; dropout 0.1; linear 8->2; loss cross_entropy; train adam lr=0.02; seed 4

    """

  /// Starts a training in a folder.
  private func start(_ folder: String, _ checkpoint: String, epochs: Int) throws -> Process {
    let process = Process()
    // Whoever runs the tests may ignore the signal, and a process that is started so would too.
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.currentDirectoryURL = URL(filePath: folder)
    process.arguments = [
      "--default-signal=INT", RunningTool.path, "train", "net.nn", "--data", "points.csv",
      "--target", "kind", "--split", "0.8", "--batch",
      "4", "--schedule", "cosine", "--epochs", "\(epochs)", "--run", "interpreter", "--quiet",
      "--checkpoint", checkpoint, "--every", "1", "--resume",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func withTraining(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      try Self.network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try TrainCommandTests.points.write(
        toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
      try body(folder)
    }
  }

  private func bytes(_ folder: String, _ checkpoint: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/\(checkpoint)/checkpoint.safetensors"))
  }

  @Test func killedAtAnyMomentItEndsWithTheSameBits() throws {
    try withTraining { folder in
      let epochs = 30
      let whole = try start(folder, "whole", epochs: epochs)
      whole.waitUntilExit()
      #expect(whole.terminationStatus == 0)
      var generator = SystemRandomNumberGenerator()
      var kills = 0
      var attempts = 0
      while kills < 10, attempts < 40 {
        attempts += 1
        let process = try start(folder, "killed", epochs: epochs)
        usleep(UInt32.random(in: 5_000...150_000, using: &generator))
        if process.isRunning {
          kill(process.processIdentifier, SIGKILL)
          kills += 1
        }
        process.waitUntilExit()
      }
      let last = try start(folder, "killed", epochs: epochs)
      last.waitUntilExit()
      #expect(last.terminationStatus == 0)
      #expect(try bytes(folder, "killed") == bytes(folder, "whole"))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/killed")
      #expect(left == ["checkpoint.safetensors"])
    }
  }

  @Test func anInterruptSavesAndTheRestIsTheSame() throws {
    try withTraining { folder in
      let process = try start(folder, "cut", epochs: 1000)
      while !FileManager.default.fileExists(atPath: folder + "/cut/checkpoint.safetensors") {
        usleep(2000)
      }
      kill(process.processIdentifier, SIGINT)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      let before = try bytes(folder, "cut")
      let again = nnc([
        "train", folder + "/net.nn", "--data", folder + "/points.csv", "--target", "kind",
        "--checkpoint", folder + "/cut",
      ])
      #expect(again.status == .wrongInput && again.messages.contains("`--resume` goes on"))
      #expect(try bytes(folder, "cut") == before)
    }
  }
}
