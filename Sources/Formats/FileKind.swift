/// What a file is, by its first bytes: a row of the table of kinds that are often given where another is wanted.
public struct FileKind: Sendable {
  /// What it is, with an article: `a PNG picture`.
  public let name: String
  /// Where its signature lies.
  let offset: Int
  /// The bytes there.
  let signature: [UInt8]

  /// Whether it is a file of weights that can be read.
  public var isWeights: Bool { signature == Array("{\"".utf8) }

  /// What to do with it.
  public var hint: String? {
    name.contains("torch.save")
      ? "write it anew with PyTorch 1.6 or later, or with `safetensors.torch.save_file`" : nil
  }

  private init(_ name: String, at offset: Int = 0, _ signature: String) {
    self.init(name, at: offset, Array(signature.utf8))
  }

  private init(_ name: String, at offset: Int = 0, _ signature: [UInt8]) {
    self.name = name
    self.offset = offset
    self.signature = signature
  }

  /// The kinds; the more exact ones first.
  static let all: [FileKind] = [
    FileKind("a zip archive, as PyTorch's and NumPy's files of weights are", "PK\u{3}\u{4}"),
    FileKind("a zip archive", "PK\u{5}\u{6}"),
    FileKind("compressed by gzip", [0x1F, 0x8B]),
    FileKind("a file of the old form of torch.save", [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC]),
    FileKind("a Python pickle", [0x80, 0x02]), FileKind("a Python pickle", [0x80, 0x03]),
    FileKind("a Python pickle", [0x80, 0x04]), FileKind("a Python pickle", [0x80, 0x05]),
    FileKind("an HDF5 file, as Keras's old files are", [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A]),
    FileKind("a NumPy array", [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]),
    FileKind("a TensorFlow Lite model", at: 4, "TFL3"),
    FileKind("a GGUF model", "GGUF"),
    FileKind("a safetensors file", at: 8, "{\""),
    FileKind("a PNG picture", [0x89, 0x50, 0x4E, 0x47]),
    FileKind("a JPEG picture", [0xFF, 0xD8, 0xFF]),
    FileKind("a PDF document", "%PDF-"),
    FileKind("a program", [0x7F, 0x45, 0x4C, 0x46]),
  ]

  /// The kind of bytes; nil where the table has none.
  public static func of(_ bytes: some Collection<UInt8>) -> FileKind? {
    let head = Array(bytes.prefix(16))
    return all.first {
      head.count >= $0.offset + $0.signature.count
        && Array(head[$0.offset..<($0.offset + $0.signature.count)]) == $0.signature
        // A text may have a brace at any place.
        && ($0.offset == 0 || head.prefix($0.offset).contains(0))
    }
  }
}
