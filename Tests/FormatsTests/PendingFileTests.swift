import Foundation
import Testing

@testable import NNCFormats

/// A folder of its own for a test.
private func withFolder(_ body: (String) throws -> Void) throws {
  let path = FileManager.default.temporaryDirectory.appending(path: "nnc-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

@Suite struct PendingFileTests {
  @Test func whatIsNotCommittedLeavesNothing() throws {
    try withFolder { folder in
      let path = folder + "/f"
      try PendingFile.write(Array("old".utf8), to: path)
      do {
        var file = try PendingFile(path)
        try file.write("new")
        try file.prepare()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["f"])
    }
  }

  @Test func linksAndRightsAreKept() throws {
    try withFolder { folder in
      try PendingFile.write(Array("old".utf8), to: folder + "/f")
      #expect(chmod(folder + "/f", 0o640) == 0)
      #expect(symlink("f", folder + "/link") == 0)
      try PendingFile.write(Array("new".utf8), to: folder + "/link")
      #expect(try String(contentsOfFile: folder + "/f", encoding: .utf8) == "new")
      var facts = stat()
      #expect(lstat(folder + "/link", &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
      #expect(stat(folder + "/f", &facts) == 0 && facts.st_mode & 0o777 == 0o640)
    }
  }

  @Test func whatCannotBeWrittenIsSaidAndLeavesNothing() throws {
    try withFolder { folder in
      for (path, cause) in [
        (folder, "Is a directory"), (folder + "/none/f", "No such file or directory"),
      ] {
        let error = #expect(throws: FileFailure.self) { try PendingFile.write([1], to: path) }
        #expect(error == .machine("cannot write `\(path)`: \(cause)"))
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == [])
    }
  }

  #if os(Linux)
    @Test func aFullDiskIsSaid() {
      let error = #expect(throws: FileFailure.self) {
        try PendingFile.write([UInt8](repeating: 1, count: 100), to: "/dev/full")
      }
      #expect(error == .machine("cannot write `/dev/full`: No space left on device"))
    }
  #endif
}

@Suite struct ByteSourceTests {
  @Test func aFileThatShrinksIsAFailureOfTheMachine() throws {
    try withFolder { folder in
      let path = folder + "/f"
      try PendingFile.write([UInt8](repeating: 7, count: 1000), to: path)
      let source = try ByteSource.open(path)
      #expect(truncate(path, 400) == 0)
      #expect(try source.bytes(0..<400).count == 400)
      let error = #expect(throws: FileFailure.self) { try source.bytes(300..<1000) }
      #expect(
        error
          == .machine("`\(path)` shrank while it was read: it had 1000 bytes, now it ends at 400"))
    }
  }

  @Test func whatIsNoFileIsSaid() throws {
    try withFolder { folder in
      let missing = #expect(throws: FileFailure.self) { try ByteSource.open(folder + "/none") }
      #expect(missing == .wrong("there is no file `\(folder)/none`"))
      let directory = #expect(throws: FileFailure.self) { try ByteSource.open(folder) }
      #expect(directory == .wrong("`\(folder)` is a directory, not a file"))
    }
  }

  @Test func whatIsSpooledBeyondMemoryReadsAsItWas() throws {
    var spool = Spool(name: "s", memoryLimit: 1000)
    let all = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    for start in stride(from: 0, to: all.count, by: 70_001) {
      try spool.append(all[start..<min(start + 70_001, all.count)])
    }
    let source = try spool.finish()
    #expect(source.count == all.count)
    #expect(try source.bytes(1_999_999..<2_000_100) == Array(all[1_999_999..<2_000_100]))
    #expect(try source.bytes(0..<all.count) == all)
  }
}
