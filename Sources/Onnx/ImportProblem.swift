import NNCFormats

/// Why a node of a model cannot be read.
enum ImportProblem: Error {
  /// It is right, but not what nnc has.
  case unsupported(String)
  /// It breaks its operator's rules.
  case wrong(String)
  /// What it needs could not be read, which has been told.
  case unknown
  /// A file could not be read.
  case file(FileFailure)
}

/// What a model has that is not supported: one operator for one reason.
struct Unsupported: Hashable {
  let kind: String
  let reason: String
}
