import Emission

/// A language that networks are compiled to.
public enum TargetLanguage: String, Sendable, CaseIterable {
  /// C99: a header and a source.
  case c
  /// Swift 6.
  case swift
}

/// A text and the name of the file that it goes to.
public struct GeneratedFile: Hashable, Sendable {
  /// The file's name, without a folder.
  public var name: String
  /// What it holds.
  public var text: String
}

extension Build {
  /// The network as C in one text, with a function for each entry that a host finds by name: `CEmitter.calls`.
  public var callableC: String {
    CEmitter(program, options: emission).callable
  }

  private var emission: EmissionOptions {
    EmissionOptions(
      prefix: options.prefix, selfCheck: options.selfCheck, plain: options.plainC,
      remarks: remarks)
  }

  /// The network as code: for C a header and a source, for Swift one file.
  public func emit(_ language: TargetLanguage) -> [GeneratedFile] {
    let files =
      switch language {
      case .c: CEmitter(program, options: emission).files
      case .swift: SwiftEmitter(program, options: emission).files
      }
    if language == .swift {
      return files.map { GeneratedFile(name: "\(program.name).swift", text: $0.text) }
    }
    return files.map { GeneratedFile(name: $0.name, text: $0.text) }
  }

  /// The network as code in one text; C is the source with the header in the place where it is included.
  public func text(in language: TargetLanguage) -> String {
    let files = emit(language)
    guard let header = files.first, let source = files.last, files.count == 2 else {
      return files.map(\.text).joined()
    }
    return source.text.replacing("#include \"\(header.name)\"\n", with: header.text)
  }
}
