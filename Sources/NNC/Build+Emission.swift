import NNCEmission
import NNCLayers

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

  /// Makes a file.
  public init(name: String, text: String) { (self.name, self.text) = (name, text) }
}

extension Build {
  /// The network as C in one text, with a function for each entry that a host finds by name: `CEmitter.calls`.
  public var callableC: String {
    CEmitter(program, options: emission).callable
  }

  /// The bytes of stack that each function of the C takes at most, as a table.
  ///
  /// - Parameter frames: the bytes of each compiled function by its name, as a compiler tells them.
  public func stackTable(frames: [String: Int]) -> String {
    let rows = CEmitter(program, options: emission).stack(frames: frames)
    return alignedTable([["function", "stack bytes"]] + rows.map { [$0.function, "\($0.bytes)"] })
  }

  private var emission: EmissionOptions {
    EmissionOptions(
      prefix: options.prefix, selfCheck: options.selfCheck, plain: options.plainC,
      weightsPlace: options.weightsPlace, remarks: remarks)
  }

  /// The network as code: for C a header and a source, and a header of weights where they have one; for Swift one file.
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

  /// The network as a module of Python, and what pip needs to install it. Both forms of each function must be built.
  ///
  /// - Parameter meaning: what outputs are where they tell classes: `logit`, `log_probability`, `probability` or `output`.
  public func python(meaning: String) -> [GeneratedFile] {
    func ports(_ list: [NetworkPort]) -> [PythonPort] {
      list.map { PythonPort(name: $0.name, shape: $0.shape, offset: $0.offset, below: $0.below) }
    }
    let emitter = PythonEmitter(
      program, options: emission, inputs: ports(network.inputs), outputs: ports(network.outputs),
      targets: ports(network.targets), meaning: meaning)
    return emitter.files.map { GeneratedFile(name: $0.name, text: $0.text) }
  }

  /// The network as code in one text; C is the source with the header in the place where it is included, without a
  /// header of weights.
  public func text(in language: TargetLanguage) -> String {
    switch language {
    case .c: CEmitter(program, options: emission).wholeSource
    case .swift: emit(.swift)[0].text
    }
  }
}
