/// The forms of an explanation.
public enum ExplanationForm: String, Sendable, CaseIterable {
  /// Plain text for a terminal.
  case text
  /// Markdown with formulas between dollars.
  case markdown
  /// LaTeX that compiles by itself.
  case latex
  /// One page for a browser, with nothing outside it.
  case html
  /// Every step as data.
  case json
}

extension Worksheet {
  /// Works a subject out; throws where a step does not hold.
  public init(_ subject: Subject) throws(ExplanationError) {
    self = try WorksheetBuilder.build(subject)
  }

  /// The names that an explanation may be asked for, in the order in which they are explained.
  public var names: [String] {
    let parameters = given.filter { if case .parameter(true) = $0.role { true } else { false } }
    return forward.map(\.name) + backward.map(\.name) + parameters.map(\.name)
  }

  /// The explanation: of the whole network, or of some of its ``names``.
  public func explanation(
    as form: ExplanationForm, only: [String] = [], material: Material = Material(),
    hessian: HessianSheet? = nil, ascii: Bool = false
  ) -> String {
    let document =
      only.isEmpty
      ? Lesson.whole(self, material, hessian: hessian) : Lesson.about(only, self, material)
    switch form {
    case .text: return TextWriter(self, markdown: false, ascii: ascii).text(document)
    case .markdown: return TextWriter(self, markdown: true).text(document)
    case .latex: return LatexWriter(self).text(document)
    case .html: return HtmlWriter(self).text(document)
    case .json: return receipt(material)
    }
  }
}
