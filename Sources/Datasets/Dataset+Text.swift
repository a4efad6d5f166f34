import NNCDiagnostics
import NNCFormats

extension Dataset {
  /// Opens a text, whose tokens are the samples.
  static func open(text request: DatasetRequest) throws(FileFailure) -> Dataset {
    let bound = request.tokenCount
    let kind = request.tokens ?? request.description?.vocabulary?.kind ?? .bytes
    let source = try ByteSource.open(request.path)
    if source.count > Limits.textBytes {
      throw .wrong(
        "`\(source.name)` has \(source.count) bytes, but a text has at most \(Limits.textBytes)",
        hint: "`split -b 200M` cuts it into files")
    }
    let text = try source.bytes(0..<source.count)
    if let choice = request.inputs ?? request.target {
      throw .wrong(
        "`\(source.name)` is a text, which has no columns to choose `\(choice.text)` from")
    }
    if text.isEmpty { throw .wrong("`\(source.name)` is empty") }
    if kind != .bytes, let place = invalidPlace(text) {
      throw .wrong(
        "`\(source.name)` is no text in UTF-8: byte \(place + 1) belongs to no character",
        hint:
          "`--tokens bytes` takes any bytes; `iconv -f LATIN1 -t UTF-8` brings other texts to UTF-8"
      )
    }
    let known = request.description?.vocabulary
    if let known, known.kind != kind {
      throw .wrong("the network was trained with \(known.kind.rawValue), not with \(kind.rawValue)")
    }
    let vocabulary = known ?? Vocabulary(kind, of: text, most: bound)
    if vocabulary.count > bound {
      throw .wrong(
        "`\(source.name)` has \(vocabulary.count) different \(kind.rawValue), but the network tells \(bound) apart",
        hint: "`input … of \(vocabulary.count)` takes them")
    }
    let (tokens, unknown) = vocabulary.tokens(of: text)
    if let unknown {
      throw .wrong(
        "`\(source.name)`, byte \(unknown.place + 1): the character `\(unknown.text)` is none of those of the training"
      )
    }
    let rows = try TokenRows(
      source.name, tokens, steps: request.inputWidth, targets: request.targetWidth)
    var data = Dataset(
      name: source.name, rows: rows, memory: nil, inputWidth: request.inputWidth,
      targetWidth: request.targetWidth, inputNames: [], targetNames: [], labels: nil,
      transform: nil)
    data.vocabulary = vocabulary
    return data
  }

  /// The place of the first byte that belongs to no character of UTF-8; nil where all do.
  static func invalidPlace(_ text: [UInt8]) -> Int? {
    var place = 0
    var decoder = UTF8()
    var bytes = text.makeIterator()
    while true {
      switch decoder.decode(&bytes) {
      case .scalarValue(let scalar): place += scalar.utf8.count
      case .emptyInput: return nil
      case .error: return place
      }
    }
  }
}
