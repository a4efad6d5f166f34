import NNC
import NNCFormats

/// A reader of bytes that strangers may have written. Whatever they are, it ends, and traps never.
///
/// Each target checks what must hold for every input besides: a violation traps.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// A network's text, through parser and formatter.
  case syntax
  /// A network's text, to its C.
  case compile
  /// Lines of the prompt, without a network.
  case prompt
  /// A table of text.
  case table
  /// An `.npy` array.
  case npy
  /// An `.npz` archive.
  case npz
  /// An IDX array.
  case idx
  /// A safetensors file.
  case safetensors
  /// A picture.
  case picture
  /// A file compressed by gzip.
  case gzip
  /// JSON.
  case json
  /// An ONNX file.
  case onnx
  /// What torch.save writes.
  case torch

  /// Reads bytes as this target does.
  public func run(_ bytes: [UInt8]) {
    let file = ByteSource(name: "f", bytes: bytes)
    switch self {
    case .syntax: Self.format(bytes)
    case .compile: Self.compile(bytes)
    case .prompt: Self.enter(bytes)
    case .table, .npy, .npz, .idx, .gzip: Self.load(file)
    case .picture: _ = try? Picture.read(file)
    case .safetensors: Self.list { () throws(FileFailure) in try Safetensors.read(file) }
    case .json: _ = try? JsonParser.parseWithPlaces(bytes)
    case .onnx: Self.importOnnx(file)
    case .torch: Self.list { () throws(FileFailure) in try TensorFile.read(file) }
    }
    if self == .npz { Self.list { () throws(FileFailure) in try Npz.read(file) } }
  }

  /// What is formatted once stays as it is, and messages can be shown in every form.
  private static func format(_ bytes: [UInt8]) {
    let source = SourceFile(name: "f.nn", bytes: bytes)
    let (text, diagnostics) = NNC.format(source)
    show(diagnostics, source)
    guard let text else { return }
    let again = NNC.format(SourceFile(name: "f.nn", text: text)).text
    precondition(again == text, "formatting again changes the text")
  }

  private static func show(_ diagnostics: [Diagnostic], _ source: SourceFile) {
    for form in [DiagnosticForm.human(colour: false), .gcc, .json] {
      let text = render(diagnostics, in: source, as: form)
      precondition(printable(text) == text, "a message holds what controls a terminal")
    }
  }

  /// Networks of more parameters or layers take longer than a test can wait.
  private static let mostParameters = 2000
  private static let mostLayers = 60
  /// The bytes of a text that is compiled.
  private static let mostBytes = 2000

  private static func compile(_ bytes: [UInt8]) {
    if bytes.count > mostBytes { return }
    let source = SourceFile(name: "f.nn", bytes: bytes)
    // Files that a text names are the machine's own, and give no two equal runs.
    if source.text(of: SourceSpan(0, bytes.count)).contains("weights") { return }
    let compilation = Compilation(source)
    show(compilation.diagnostics, source)
    guard let network = compilation.network, network.parameterCount <= mostParameters,
      network.layers.count <= mostLayers, let build = try? compilation.build()
    else { return }
    precondition(build.program.problems().isEmpty, "the Program is not well formed")
    _ = build.text(in: .c)
  }

  private static func enter(_ bytes: [UInt8]) {
    if bytes.count > mostBytes { return }
    var bench = Workbench()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(8) {
      _ = Workbench.isIncomplete(String(line))
      _ = try? bench.enter(String(line))
    }
  }

  /// Reads all samples, with the classes that the last column names.
  private static func load(_ file: ByteSource) {
    for target in [1, 3] {
      do throws(FileFailure) {
        let request = DatasetRequest(
          path: "", target: target == 3 ? ColumnChoice("3") : nil, inputWidth: 2,
          targetWidth: target, memoryLimit: 0)
        let data = try Dataset.open(request, file)
        let room = UnsafeMutableBufferPointer<Double>.allocate(
          capacity: data.inputWidth + data.targetWidth)
        defer { room.deallocate() }
        room.initialize(repeating: 0)
        for sample in (0..<min(data.count, 1000)).reversed() {
          try data.read(
            [sample], input: .init(rebasing: room[..<data.inputWidth]),
            target: .init(rebasing: room[data.inputWidth...]))
        }
      } catch {
        precondition(!error.message.isEmpty)
      }
    }
  }

  /// What is imported can be compiled.
  private static func importOnnx(_ file: ByteSource) {
    do throws(FileFailure) {
      let imported = try OnnxImport(file)
      let compilation = Compilation(SourceFile(name: "f.nn", text: imported.text))
      precondition(
        compilation.network?.parameterCount == imported.parameters.count,
        "a text that is not a network's")
    } catch {
      precondition(!error.message.isEmpty)
    }
  }

  private static func list(_ read: () throws(FileFailure) -> TensorFile) {
    do throws(FileFailure) {
      for array in try read().arrays {
        _ = try array.range()
        _ = try array.values()
      }
    } catch {
      precondition(!error.message.isEmpty)
    }
  }
}
