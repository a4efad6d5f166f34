import Foundation
import Glibc

/// A shared library compiled from a text for one test run, and opened.
final class NativeLibrary {
  private let handle: UnsafeMutableRawPointer
  private let folder: URL

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Compiles the text with a command that takes the source and `-o` the library.
  init(_ text: String, extension suffix: String, command: [String]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnc-native-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = folder.appendingPathComponent("code.\(suffix)")
    let library = folder.appendingPathComponent("code.so")
    try text.write(to: source, atomically: false, encoding: .utf8)
    let result = try Self.run(command + [source.path, "-o", library.path])
    guard result.status == 0 else {
      throw Failure(description: "\(command.joined(separator: " ")):\n\(result.output)")
    }
    // Threads that wait for one another leave the processor to others.
    setenv("OMP_WAIT_POLICY", "passive", 0)
    guard let handle = dlopen(library.path, RTLD_NOW | RTLD_LOCAL) else {
      throw Failure(description: String(cString: dlerror()))
    }
    self.handle = handle
  }

  deinit {
    // A library of Swift code must stay: its types are registered. Its file need not.
    try? FileManager.default.removeItem(at: folder)
  }

  /// The address of a function.
  func symbol<Function>(_ name: String, as _: Function.Type) throws -> Function {
    guard let address = dlsym(handle, name) else {
      throw Failure(description: "there is no symbol \(name)")
    }
    return unsafeBitCast(address, to: Function.self)
  }

  /// Runs a command and returns its status with all that it printed.
  static func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
