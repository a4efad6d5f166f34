/// The explanation of one code: a row of `nnc help CODE`.
///
/// Each module that reports diagnostics has a static array of these rows; the catalogue of the
/// whole compiler is their concatenation.
public struct DiagnosticCode: Hashable, Sendable {
  /// The code, such as `N0101`.
  public let code: String
  /// What is wrong, in a few words.
  public let title: String
  /// Why it is wrong and what to do, in a paragraph or two.
  public let explanation: String
  /// A source that is reported with this code.
  public let erroneous: String
  /// The same source put right; it is not reported with this code.
  public let corrected: String

  /// The row of `code`.
  public init(
    _ code: String, _ title: String, explanation: String, erroneous: String, corrected: String
  ) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.erroneous = erroneous
    self.corrected = corrected
  }
}
