/// What a user may choose about emitted code.
public struct EmissionOptions: Hashable, Sendable {
  /// What every exported C name begins with, and, with a capital, the name of the Swift namespace; nil takes the
  /// Program's name.
  public var prefix: String?
  /// Whether the code carries a `main` that compares the gradient with differences of the loss and prints the result.
  public var selfCheck: Bool
  /// Whether C keeps to ISO C99 and spells vectors as loops, for any compiler.
  public var plain: Bool
  /// Where C has the initial parameters as a constant; nil where only a function sets them.
  public var weightsPlace: WeightsPlace?
  /// Lines for the comment at the head of the code, such as the network's text; nothing in them is code.
  public var remarks: [String]

  /// Makes options.
  public init(
    prefix: String? = nil, selfCheck: Bool = false, plain: Bool = false,
    weightsPlace: WeightsPlace? = nil, remarks: [String] = []
  ) {
    self.prefix = prefix
    self.selfCheck = selfCheck
    self.plain = plain
    self.weightsPlace = weightsPlace
    self.remarks = remarks
  }
}

/// Where C has the initial parameters as a constant, `NAME_weights`, which may stay in read-only memory.
public enum WeightsPlace: String, Hashable, Sendable, CaseIterable {
  /// In a header of their own, `NAME_weights.h`, so that new ones leave the code as it is.
  case header
  /// In the source.
  case source
  /// Nowhere: the caller brings the parameters.
  case none
}

/// A text and the name of the file that it goes to.
public struct EmittedFile: Hashable, Sendable {
  /// The file's name, without a folder.
  public var name: String
  /// What it holds.
  public var text: String

  /// Makes a file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
