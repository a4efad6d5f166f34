/// The most that nnc takes from a text or a file: what goes beyond is refused with a message that says so.
///
/// They keep a hostile file from taking a machine's time, memory or disk, and are far above what serves a purpose.
public enum Limits {
  // Texts.

  /// The bytes of a network's text, and of a file of options: 64 MiB. Offsets are 32-bit, and a tree takes some 20
  /// times as much as its text.
  public static let sourceBytes = 1 << 26
  /// The brackets and operators of one expression that may wait for their ends.
  public static let waiting = 5_000_000
  /// The messages about one text.
  public static let messages = 1000

  // Networks.

  /// The numbers that one tensor, or all parameters together, may hold: their places are 32-bit.
  public static let elements = Int(Int32.max)
  /// The axes of a tensor.
  public static let axes = 32
  /// The layers of a network.
  public static let layers = 1_000_000
  /// The operations that functions write out in one expression, and in a whole network: functions that call others
  /// several times grow beyond every bound.
  public static let operations = (inExpression: 250_000, inAll: 20_000_000)

  // Files.

  /// The bytes of what is no regular file, such as a pipe, which is read to its end first: 64 GiB.
  public static let streamBytes = 1 << 36
  /// What a compressed file may expand to without regard to its own size: 256 MiB.
  public static let freeExpansion = 1 << 28
  /// How many times its own size a compressed file may expand to beyond that.
  ///
  /// DEFLATE ends at 1032 times; measurements and pictures are below 100.
  public static let expansionRatio = 200
  /// The bytes of a safetensors file's header, as the format's reference implementation has it.
  public static let headerBytes = 100_000_000
  /// How deep objects and lists of JSON may lie in one another.
  public static let jsonDepth = 32
  /// The bytes of one picture, expanded: 256 MiB, a picture of some 9,000 x 9,000 colours.
  public static let pictureBytes = 1 << 28
  /// The pictures of a folder, and how deep folders may lie in one another.
  public static let pictures = (inAll: 10_000_000, depth: 32)
  /// The bytes of a text that is cut into tokens, each of which takes four: 256 MiB.
  public static let textBytes = 1 << 28
  /// The classes that a column of labels may name.
  public static let classes = 1 << 16

  // Models of others.

  /// How deep the graphs of an ONNX file may lie in one another.
  public static let graphDepth = 16
  /// The bytes of a name in a file of a model: 1 MiB, since some hold a text of a sort.
  public static let nameBytes = 1 << 20
  /// The bytes of a pickle of PyTorch's, which holds names and shapes, and no numbers: 64 MiB.
  public static let pickleBytes = 1 << 26
  /// The numbers of a tensor that an ONNX file does not hold but computes of constants: 16,777,216.
  public static let foldedElements = 1 << 24
  /// The nodes of an ONNX file once loops are written out.
  public static let unrolledNodes = 20_000
}
