/// How a run of the tool ended, as the shell sees it.
enum ExitStatus: Int32, Sendable, CaseIterable {
  /// All went well.
  case success = 0
  /// The input is wrong: a network that does not compile, a gradient that is off.
  case wrongInput = 1
  /// The call is wrong: an unknown option, a missing file name.
  case wrongCall = 2
  /// The machine failed: a full disk, no permission.
  case machineFailed = 3
  /// The user ended it with Ctrl-C; what it had done is saved.
  case interrupted = 130

  /// What it means, as the manual says it.
  var meaning: String {
    switch self {
    case .success: "all went well"
    case .wrongInput: "the input is wrong, or a check failed"
    case .wrongCall: "the call is wrong"
    case .machineFailed: "the machine failed: a full disk, no permission"
    case .interrupted: "the user ended it with Ctrl-C; what it had done is saved"
    }
  }
}

/// An end of a command before its work was done.
struct Failure: Error, Equatable {
  /// How the run ends.
  let status: ExitStatus
  /// What to tell the user, without the tool's name before it; empty where all has been told.
  let message: String
  /// What to try instead, on a line of its own.
  let hint: String?

  init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    self.message = message
    self.hint = hint
  }

  /// The call is wrong.
  static func call(_ message: String, hint: String? = nil) -> Failure {
    Failure(.wrongCall, message, hint: hint)
  }

  /// The input is wrong.
  static func input(_ message: String, hint: String? = nil) -> Failure {
    Failure(.wrongInput, message, hint: hint)
  }

  /// The machine failed.
  static func machine(_ message: String) -> Failure { Failure(.machineFailed, message) }

  /// The input is wrong, and the diagnostics have said so.
  static let reported = Failure(.wrongInput, "")
}
