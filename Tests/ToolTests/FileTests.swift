import Foundation
import Testing

@testable import NNCTool

@Suite struct FileTests {
  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  @Test func missingFilesAndFolders() throws {
    try withFolder { folder in
      let path = folder + "/network.nn"
      try "sigmoid\n".write(toFile: path, atomically: false, encoding: .utf8)
      #expect(
        nnc(["fmt", folder + "/netwrok.nn"])
          == Outcome(
            status: .wrongInput, output: "",
            messages: "nnc: there is no file `\(folder)/netwrok.nn`\n"
              + "     did you mean `\(path)`?\n"))
      #expect(
        nnc(["fmt", folder])
          == Outcome(
            status: .wrongInput, output: "",
            messages: "nnc: `\(folder)` is a directory, not a network\n"))
    }
  }

  /// Root may read everything, so there the test shows nothing.
  @Test(.enabled(if: geteuid() != 0)) func unreadableFile() throws {
    try withFolder { folder in
      let path = folder + "/net.nn"
      try "sigmoid\n".write(toFile: path, atomically: false, encoding: .utf8)
      chmod(path, 0)
      let outcome = nnc(["fmt", path])
      #expect(outcome.status == .machineFailed)
      #expect(outcome.messages.contains("Permission denied"))
    }
  }

  @Test(.enabled(if: access("/dev/full", W_OK) == 0)) func fullDisk() {
    let caught = failure { try writeFiles([OutputFile(path: "/dev/full", text: "text")]) }
    #expect(caught == .machine("cannot write `/dev/full`: No space left on device"))
  }

  /// Where one of two files cannot be written, neither is changed and no other file is left.
  @Test func allOrNothing() throws {
    try withFolder { folder in
      let first = folder + "/a.h"
      try "old".write(toFile: first, atomically: false, encoding: .utf8)
      let caught = failure {
        try writeFiles([
          OutputFile(path: first, text: "new"),
          OutputFile(path: folder + "/missing/a.c", text: "new"),
        ])
      }
      #expect(caught?.status == .machineFailed)
      #expect(caught?.message.hasSuffix("No such file or directory") == true)
      #expect(try String(contentsOfFile: first, encoding: .utf8) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.h"])
    }
  }

  @Test func linksAreWrittenThrough() throws {
    try withFolder { folder in
      let (file, link) = (folder + "/real", folder + "/link")
      try "old".write(toFile: file, atomically: false, encoding: .utf8)
      #expect(symlink(file, link) == 0)
      try writeFiles([OutputFile(path: link, text: "new")])
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    }
  }

  @Test func foldersAreMade() throws {
    try withFolder { folder in
      try makeFolder(folder + "/a/b/")
      try makeFolder(folder + "/a/b")
      #expect(isFolder(folder + "/a/b"))
      try "x".write(toFile: folder + "/f", atomically: false, encoding: .utf8)
      let caught = failure { try makeFolder(folder + "/f/g") }
      #expect(caught?.status == .machineFailed)
    }
  }
}
